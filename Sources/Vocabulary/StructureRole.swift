// SPDX-License-Identifier: Apache-2.0
/// What a contoured structure is to therapy.
///
/// Clearances are facts over these roles.
public enum StructureRole: String, Sendable, Hashable, CaseIterable {
  case heart = "Heart"
  case greatVessels = "GreatVessels"
  case trachea = "Trachea"
  case bronchialTree = "BronchialTree"
  case bronchus = "Bronchus"
  case pulmonaryVessel = "PulmonaryVessel"
  case oesophagus = "Oesophagus"
  case spinalCord = "SpinalCord"
  case brachialPlexus = "BrachialPlexus"
  case phrenicNerve = "PhrenicNerve"
  case diaphragm = "Diaphragm"
  case chestWall = "ChestWall"
  case rib = "Rib"
  case skin = "Skin"
  case lung = "Lung"
  case lobe = "Lobe"
  case pleura = "Pleura"
  case bulla = "Bulla"
  case emphysema = "Emphysema"
  case liver = "Liver"
  case gallbladder = "Gallbladder"
  case bileDuct = "BileDuct"
  case hepaticVessel = "HepaticVessel"
  case stomach = "Stomach"
  case duodenum = "Duodenum"
  case bowel = "Bowel"
  case colon = "Colon"
  case kidney = "Kidney"
  case spleen = "Spleen"
  case pancreas = "Pancreas"
  case adrenal = "Adrenal"
  case bone = "Bone"
  case thyroid = "Thyroid"
  case external = "External"
  case other = "Other"

  /// The words for people.
  public var title: String {
    switch self {
    case .greatVessels: "great vessels"
    case .bronchialTree: "trachea and proximal bronchial tree"
    case .bronchus: "bronchus > 3 mm"
    case .pulmonaryVessel: "pulmonary vessel > 3 mm"
    case .spinalCord: "spinal cord"
    case .brachialPlexus: "brachial plexus"
    case .phrenicNerve: "phrenic nerve"
    case .chestWall: "chest wall"
    case .bileDuct: "central bile duct"
    case .hepaticVessel: "hepatic vessel > 3 mm"
    default: rawValue.lowercased()
    }
  }
}
