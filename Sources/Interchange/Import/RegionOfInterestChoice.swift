// SPDX-License-Identifier: Apache-2.0
public import Quantities

/// What the user decides about ROIs and labels, against what their names and types say.
public struct RegionOfInterestChoice: Sendable, Hashable {
  /// ROIs to be taken for lesions.
  public let lesions: Set<String>
  /// ROIs to be taken for structures.
  public let structures: Set<String>
  /// Lesion ROIs whose parts that do not touch are lesions of their own.
  public let split: Set<String>
  /// Parts of a body under this volume are left out, but for an ROI's or organ's largest; `nil` keeps all.
  public let smallestPart: Volume?

  /// A choice; empty by default.
  public init(
    lesions: Set<String> = [], structures: Set<String> = [], split: Set<String> = [],
    smallestPart: Volume? = nil
  ) {
    self.lesions = lesions
    self.structures = structures
    self.split = split
    self.smallestPart = smallestPart
  }

  /// A volume as a person writes it, `0.1cc`, `0.1 ml`, `100mm3`, in cubic centimetres where no unit follows;
  /// `nil` for what is no volume above zero.
  public static func volume(of text: String) -> Volume? {
    let word = text.trimmed.lowercased().replacing("³", with: "3").replacing(" ", with: "")
    for (unit, factor) in [("mm3", 1.0), ("cc", 1000), ("cm3", 1000), ("ml", 1000), ("", 1000)]
    where word.hasSuffix(unit) {
      guard let number = try? StatementParser.number(String(word.dropLast(unit.count)), "volume"), number > 0,
        number * factor <= mostMM3
      else { return nil }
      return .cubicMillimeters(number * factor)
    }
    return nil
  }

  /// A litre: no part that large is small.
  private static let mostMM3 = 1e6

  /// Every name that was written.
  var names: Set<String> { lesions.union(structures).union(split) }

  /// The choice with every name as the id of the region it means in a file; names of other files are left out.
  ///
  /// - Throws: `InputError` for a name that several regions bear.
  func resolved(by names: RegionNames, file: String) throws(InputError) -> RegionOfInterestChoice {
    func ids(_ written: Set<String>) throws(InputError) -> Set<String> {
      var ids: Set<String> = []
      for name in written.sorted() {
        switch names.meaning(of: name) {
        case .none: break
        case .one(let id): ids.insert(id)
        case .several(let ids):
          throw InputError(
            file: file, place: "ROI \(name)", "\(ids.count) ROIs or labels bear this name",
            advice: "name the one that is meant: " + ids.joined(separator: ", "))
        }
      }
      return ids
    }
    return RegionOfInterestChoice(
      lesions: try ids(lesions), structures: try ids(structures), split: try ids(split),
      smallestPart: smallestPart)
  }
}
