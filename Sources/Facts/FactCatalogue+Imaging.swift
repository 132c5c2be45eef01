// SPDX-License-Identifier: Apache-2.0
// What voxels of a CT say: measured on the patient's own image, and estimates all the same, since they change with breathing,
// contrast, kernel and the thickness of slices. No rule asks for the densities; a board reads them.
extension FactCatalogue {
  static let imagingPatient: [FactDefinition] = [
    number(
      .lungDensity, .patient, .hounsfield, -1024...0,
      "mean density of the lungs without vessels and airways on CT"
    )
    .titled("density of the lungs"),
    number(
      .lungBelow950, .patient, .percent, 0...100,
      "share of the lungs below -950 HU on CT, which emphysema has"
    ).titled("share of the lungs below -950 HU"),
  ]

  static let imagingLesion: [FactDefinition] = [
    number(.meanDensity, .lesion, .hounsfield, -1024...3071, "mean density of the lesion on CT")
  ]
}
