// SPDX-License-Identifier: Apache-2.0
internal import Optimization
internal import PlanarGeometry

/// The program's version and those of the libraries it rests on.
public enum LibraryVersions {
  /// The program's version.
  public static let tool = "0.1.0"

  /// One line each: the program, GEOS, DCMTK, CBC.
  public static var text: String {
    """
    oligoplan \(tool)
    GEOS \(geosVersion())
    DCMTK \(DICOMFile.libraryVersion)
    CBC \(cbcVersion())
    """
  }
}
