// SPDX-License-Identifier: Apache-2.0
/// A structure of the vocabulary, whatever language its name is in.
struct KnownStructure: Sendable, Hashable {
  /// The TG-263 name without its side; `nil` where it has none and the source's own name stands.
  let tg263: String?
  /// What the structure is to therapy; `.other` for those no rule asks for.
  let role: StructureRole
  /// Whether the side belongs to the name.
  let isPaired: Bool

  init(_ tg263: String?, _ role: StructureRole, isPaired: Bool = false) {
    self.tg263 = tg263
    self.role = role
    self.isPaired = isPaired
  }

  /// Known, without a part in any rule, and kept under the source's own name.
  static let unused = KnownStructure(nil, .other)

  /// A part or an unusual cut of an organ: it counts as the organ and keeps its own name, so that it never
  /// stands for the whole.
  static func part(of role: StructureRole) -> KnownStructure { KnownStructure(nil, role) }
}

// MARK: Thorax

extension KnownStructure {
  static let heart = KnownStructure("Heart", .heart)
  static let atrium = KnownStructure("Atrium", .heart, isPaired: true)
  static let ventricle = KnownStructure("Ventricle", .heart, isPaired: true)
  static let pericardium = KnownStructure("Pericardium", .heart)
  static let greatVessels = KnownStructure("GreatVes", .greatVessels)
  static let aorta = KnownStructure("A_Aorta", .greatVessels)
  static let pulmonaryArtery = KnownStructure("A_Pulmonary", .greatVessels)
  static let pulmonaryVein = KnownStructure("V_Pulmonary", .greatVessels)
  static let venaCava = KnownStructure("V_Venacava", .greatVessels)
  static let superiorVenaCava = KnownStructure("V_Venacava_S", .greatVessels)
  static let inferiorVenaCava = KnownStructure("V_Venacava_I", .greatVessels)
  static let brachiocephalicTrunk = KnownStructure("A_Brachiocephls", .greatVessels)
  static let brachiocephalicVein = KnownStructure("V_Brachioceph", .greatVessels, isPaired: true)
  static let subclavianArtery = KnownStructure("A_Subclavian", .greatVessels, isPaired: true)
  static let subclavianVein = KnownStructure("V_Subclavian", .greatVessels, isPaired: true)
  static let carotidArtery = KnownStructure("A_Carotid", .greatVessels, isPaired: true)
  static let coronaryArtery = KnownStructure("A_Coronary", .other)
  static let trachea = KnownStructure("Trachea", .trachea)
  static let bronchialTree = KnownStructure("BronchTree", .bronchialTree)
  static let bronchus = KnownStructure("Bronchus", .bronchus)
  /// A bronchus named by its side alone is the main bronchus of that side.
  static let mainBronchus = KnownStructure("Bronchus", .bronchialTree, isPaired: true)
  static let pulmonaryVessels = KnownStructure("PulmonaryVessels", .pulmonaryVessel)
  static let oesophagus = KnownStructure("Esophagus", .oesophagus)
  static let spinalCord = KnownStructure("SpinalCord", .spinalCord)
  static let spinalCanal = KnownStructure("SpinalCanal", .spinalCord)
  static let caudaEquina = KnownStructure("CaudaEquina", .spinalCord)
  static let brachialPlexus = KnownStructure("BrachialPlex", .brachialPlexus, isPaired: true)
  static let phrenicNerve = KnownStructure("N_Phrenic", .phrenicNerve, isPaired: true)
  static let diaphragm = KnownStructure("Diaphragm", .diaphragm, isPaired: true)
  static let chestWall = KnownStructure("Chestwall", .chestWall, isPaired: true)
  static let rib = KnownStructure("Rib", .rib, isPaired: true)
  static let skin = KnownStructure("Skin", .skin)
  static let lung = KnownStructure("Lung", .lung, isPaired: true)
  static let pleura = KnownStructure("Pleura", .pleura, isPaired: true)
  static let bulla = KnownStructure("Bulla", .bulla)
  static let emphysema = KnownStructure("Emphysema", .emphysema, isPaired: true)
  static let thyroid = KnownStructure("Glnd_Thyroid", .thyroid)
  static let external = KnownStructure("External", .external)
}

// MARK: Abdomen

extension KnownStructure {
  static let liver = KnownStructure("Liver", .liver)
  static let gallbladder = KnownStructure("Gallbladder", .gallbladder)
  static let bileDuct = KnownStructure("BileDuct_Common", .bileDuct)
  static let portalVein = KnownStructure("V_Portal", .hepaticVessel)
  static let hepaticVein = KnownStructure("V_Hepatic", .hepaticVessel)
  static let hepaticArtery = KnownStructure("A_Hepatic", .hepaticVessel)
  static let hepaticVessels = KnownStructure("HepaticVessels", .hepaticVessel)
  static let stomach = KnownStructure("Stomach", .stomach)
  /// Stomach and duodenum in one contour.
  ///
  /// The stomach stands for both: with two roles a body would be measured
  /// twice, and the duodenum stays "not contoured" rather than have the stomach's distance.
  static let stomachAndDuodenum = KnownStructure("Stomach_Duodenum", .stomach)
  static let duodenum = KnownStructure("Duodenum", .duodenum)
  static let smallBowel = KnownStructure("Bowel_Small", .bowel)
  /// The space the bowel moves in counts as bowel, which is nearer than the loops themselves.
  static let bowelBag = KnownStructure("Bag_Bowel", .bowel)
  static let bowelSpace = KnownStructure("Spc_Bowel", .bowel)
  static let colon = KnownStructure("Colon", .colon)
  static let sigmoid = KnownStructure("Colon_Sigmoid", .colon)
  static let rectum = KnownStructure("Rectum", .colon)
  static let kidney = KnownStructure("Kidney", .kidney, isPaired: true)
  static let spleen = KnownStructure("Spleen", .spleen)
  static let pancreas = KnownStructure("Pancreas", .pancreas)
  static let adrenal = KnownStructure("Glnd_Adrenal", .adrenal, isPaired: true)
  static let ureter = KnownStructure("Ureter", .other, isPaired: true)
  static let sacralPlexus = KnownStructure("SacralPlex", .other)
  static let bladder = KnownStructure("Bladder", .other)
  static let prostate = KnownStructure("Prostate", .other)
}

// MARK: Bones and head

extension KnownStructure {
  static let bone = KnownStructure("Bone", .bone, isPaired: true)
  static let vertebra = KnownStructure("VB", .bone)
  static let vertebrae = KnownStructure("VBs", .bone)
  static let clavicle = KnownStructure("Clavicle", .bone, isPaired: true)
  static let scapula = KnownStructure("Scapula", .bone, isPaired: true)
  static let humerus = KnownStructure("Humerus", .bone, isPaired: true)
  static let femur = KnownStructure("Femur", .bone, isPaired: true)
  static let femoralHead = KnownStructure("Femur_Head", .bone, isPaired: true)
  static let hipBone = KnownStructure("Bone_Pelvic", .bone, isPaired: true)
  static let skull = KnownStructure("Skull", .bone)
  static let sacrum = KnownStructure("Sacrum", .bone)
  static let sternum = part(of: .bone)
  static let mandible = KnownStructure("Bone_Mandible", .bone)
  static let brain = KnownStructure("Brain", .other)
  static let brainstem = KnownStructure("Brainstem", .other)
  static let chiasm = KnownStructure("OpticChiasm", .other)
  static let opticNerve = KnownStructure("OpticNrv", .other, isPaired: true)
  static let eye = KnownStructure("Eye", .other, isPaired: true)
  static let lens = KnownStructure("Lens", .other, isPaired: true)
  static let parotid = KnownStructure("Parotid", .other, isPaired: true)
  static let submandibular = KnownStructure("Glnd_Submand", .other, isPaired: true)
  static let breast = KnownStructure("Breast", .other, isPaired: true)
  static let larynx = KnownStructure("Larynx", .other)
  static let mediastinum = KnownStructure("Mediastinum", .other)
}
