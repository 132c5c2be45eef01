// SPDX-License-Identifier: Apache-2.0
extension NameTable {
  /// Classes of TotalSegmentator's tasks that are named like nothing in a treatment plan.
  static let englishSegmentations: NameList = [
    // The whole airways, far beyond the proximal tree: distances to them come out too short, never too long.
    // A tree drawn by hand goes before them, since both have its name.
    (.bronchialTree, "lung trachea bronchia, lung airways"),
    // The wall is the organ at risk, and only a millimetre or two nearer than the lumen. Its own name, so
    // that it stands beside the lumen.
    (KnownStructure("BronchTree_Wall", .bronchialTree), "lung airways wall, bronch tree wall"),
    // Down to the peripheral branches: vessels of the lung, not great vessels.
    (KnownStructure("Lung_Arteries", .pulmonaryVessel), "lung arteries"),
    (KnownStructure("Lung_Veins", .pulmonaryVessel), "lung veins"),
    // Lumina of a dissected aorta are each a part of it.
    (KnownStructure("A_Aorta_TrueLumen", .greatVessels), "aorta true lumen, a aorta true lumen"),
    (KnownStructure("A_Aorta_FalseLumen", .greatVessels), "aorta false lumen, a aorta false lumen"),
    (.part(of: .external), "body trunc, body trunk"),
    (
      // Limbs without the trunk would pass for the outline of the body.
      .unused,
      """
      body extremities, abdominal cavity, thoracic cavity, pleural effusion, pleural effusions, pericardial \
      effusion, lung pleural, lung covid infiltrate, ventricular outflow tract, coronary cusp, non coronary \
      cusp, annulus, annulus proper, sinotubular junction, pul annulus, pul sinotubular junction, pul \
      bifurcation, pul left start, pul right start
      """
    ),
  ]
}
