/// What a structure set's region of interest is taken for.
public enum RegionOfInterestKind: String, Sendable, Hashable {
  case lesion, target, structure

  /// The kind of an ROI, from its interpreted type (DICOM 3006,00A4) and its name.
  ///
  /// A GTV is a lesion, and so is a name that says so as a whole word between separators (GTV, IGTV,
  /// lesion, metastasis, tumour, nodule), unless another word takes it back (bed, block, boost, ring,
  /// avoid, scar) or it is an organ less a target (Lungs-GTV). CTV, ITV and PTV are targets of the GTV they contain, never lesions of their own.
  public init(name: String, interpretedType: String) {
    let words = StructureName.words(of: name)
    let exceptions: Set = ["bed", "block", "boost", "ring", "avoid", "avoidance", "scar"]
    let targets: Set = ["ctv", "itv", "ptv"]
    let lesions: Set = [
      "gtv", "igtv", "gtvp", "gtvn", "gtvnode", "mets", "metastase", "metastasen",
      "filia", "filiae", "läsion", "laesion", "lesion", "lesions", "metastasis", "metastases", "met",
      "tumour",
      "tumor", "nodule", "nodules",
    ]
    let type = interpretedType.uppercased()
    if StructureName.withoutSubtraction(name) != nil {
      self = .structure
    } else if words.contains(where: exceptions.contains) {
      self = .structure
    } else if words.contains(where: targets.contains) {
      self = .target
    } else if words.contains(where: lesions.contains) || type == "GTV" {
      self = .lesion
    } else if ["CTV", "ITV", "PTV"].contains(type) {
      self = .target
    } else {
      self = .structure
    }
  }
}
