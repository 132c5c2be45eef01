// SPDX-License-Identifier: Apache-2.0
/// A public segmentation task that gives a structure which is not contoured.
public struct SegmentationSource: Sendable, Hashable {
  /// The task of TotalSegmentator by its name on the command line (`total`, `body`).
  public let task: String
  /// The classes that have the role, each the name of a file without `.nii.gz`; never empty.
  public let classes: [String]

  /// The end of a request for a contour: "TotalSegmentator's task body gives it (skin.nii.gz)".
  public var sentence: String {
    let files = classes.prefix(Self.mostNamed).map { $0 + ".nii.gz" }.joined(separator: ", ")
    return "TotalSegmentator's task \(task) gives it (\(files)\(classes.count > Self.mostNamed ? ", …" : ""))"
  }

  private static let mostNamed = 5
}

extension StructureRole {
  /// The freely licensed task of TotalSegmentator that gives a structure of this role; `nil` where there is
  /// none (chest wall, nerves, bile duct) or the program derives it itself (diaphragm).
  public var segmentationSource: SegmentationSource? {
    switch self {
    case .heart: total("heart")
    case .greatVessels:
      // The pulmonary artery needs the licensed heartchambers_highres.
      total("aorta", "superior_vena_cava", "inferior_vena_cava", "pulmonary_vein", "brachiocephalic_trunk")
    case .trachea: total("trachea")
    case .bronchialTree:
      SegmentationSource(task: "lung_vessels", classes: ["lung_airways", "lung_airways_wall"])
    case .pulmonaryVessel: SegmentationSource(task: "lung_vessels", classes: ["lung_arteries", "lung_veins"])
    case .oesophagus: total("esophagus")
    case .spinalCord: total("spinal_cord")
    case .rib: total("rib_left_1", "rib_right_1", "rib_left_2", "rib_right_2", "rib_left_3", "rib_right_3")
    case .skin: SegmentationSource(task: "body", classes: ["skin"])
    case .external: SegmentationSource(task: "body", classes: ["body"])
    // Lungs are the union of their lobes, which tell the sides apart; the class "lung" of lung_nodules does
    // not.
    case .lung, .lobe:
      total(
        "lung_upper_lobe_left", "lung_lower_lobe_left", "lung_upper_lobe_right", "lung_middle_lobe_right",
        "lung_lower_lobe_right")
    case .liver: total("liver")
    case .gallbladder: total("gallbladder")
    case .hepaticVessel: SegmentationSource(task: "liver_vessels", classes: ["liver_vessels"])
    case .stomach: total("stomach")
    case .duodenum: total("duodenum")
    case .bowel: total("small_bowel")
    case .colon: total("colon")
    case .kidney: total("kidney_left", "kidney_right")
    case .spleen: total("spleen")
    case .pancreas: total("pancreas")
    case .adrenal: total("adrenal_gland_left", "adrenal_gland_right")
    case .bone:
      total("sternum", "scapula_left", "scapula_right", "vertebrae_T1", "vertebrae_T2", "vertebrae_T3")
    case .thyroid: total("thyroid_gland")
    case .bronchus, .brachialPlexus, .phrenicNerve, .diaphragm, .chestWall, .pleura, .bulla, .emphysema,
      .bileDuct,
      .other:
      nil
    }
  }

  /// What to add to a sentence that says that a structure is missing: "; " and who gives it, or nothing.
  public var segmentationHint: String { segmentationSource.map { "; \($0.sentence)" } ?? "" }

  private func total(_ classes: String...) -> SegmentationSource {
    SegmentationSource(task: "total", classes: classes)
  }
}
