/// A structure's name as AAPM TG-263 writes it, with what the structure is to therapy.
public struct StructureName: Sendable, Hashable {
  /// The TG-263 name (`Lung_L`, `Heart`, `SpinalCord`); the source's own name where TG-263 has none.
  public let tg263: String
  /// What the structure is to therapy.
  public let role: StructureRole
  /// The side, where the name says it.
  public let side: Side?
  /// The lobe, for lobes of the lung.
  public let lobe: Lobe?

  /// A name with its meaning.
  public init(tg263: String, role: StructureRole, side: Side? = nil, lobe: Lobe? = nil) {
    self.tg263 = tg263
    self.role = role
    self.side = side
    self.lobe = lobe
  }

  /// The structure a clinic's, TG-263's or TotalSegmentator's name means.
  ///
  /// Case, separators and the order of the side do not matter ("Lt Lung", `lung_left`, `Lung_L`). A name
  /// outside the vocabulary keeps itself with role `.other`; nothing is guessed from a part of a word.
  public init(recognizing source: String) {
    var words = Self.words(of: Self.withoutSubtraction(source) ?? source)
    if let name = Self.numbered(words) {
      self = name
      return
    }
    var side: Side?
    // A side stands first or last, as a word of its own.
    if words.count > 1 {
      if let last = words.last, let found = Self.side(last) {
        side = found
        words.removeLast()
      } else if let first = words.first, let found = Self.side(first) {
        side = found
        words.removeFirst()
      }
    }
    // TotalSegmentator puts the side in the middle: lung_upper_lobe_left is handled above, rib_left_7 here.
    if side == nil, words.count > 2, let found = Self.side(words[1]) {
      side = found
      words.remove(at: 1)
    }
    // A number counts ribs or copies; "05" is a margin in millimetres and makes another structure.
    while words.count > 1, let last = words.last, last.allSatisfy(\.isNumber), last.first != "0" {
      words.removeLast()
    }
    let key = words.joined()
    if let lobe = Self.lobe(key, side) {
      self.init(
        tg263: "Lung_\(lobe.abbreviation)", role: .lobe, side: lobe.side, lobe: lobe)
    } else if let entry = Self.entries[key], side != nil || !Self.sidedOnly.contains(key) {
      let suffix = entry.sided ? side.map(Self.suffix) ?? "" : ""
      self.init(tg263: entry.tg263.map { $0 + suffix } ?? source, role: entry.role, side: side)
    } else if key.hasPrefix("vertebra") {
      self.init(tg263: source, role: .bone)
    } else {
      self.init(tg263: source, role: .other, side: side)
    }
  }

  /// The words of a name, in lower case, split at separators and between letters and capitals or digits.
  public static func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var previous: Character = " "
    for character in name {
      let breaks =
        (character.isUppercase && previous.isLowercase) || (character.isNumber && previous.isLetter)
      if !character.isLetter && !character.isNumber || breaks {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if character.isLetter || character.isNumber { word.append(contentsOf: character.lowercased()) }
      previous = character
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// The organ of a name that takes a target away from it ("Lungs-GTV", "Liver minus PTV"), or `nil` for
  /// other names.
  static func withoutSubtraction(_ name: String) -> String? {
    let targets: Set = ["gtv", "igtv", "gtvp", "gtvn", "ctv", "itv", "ptv"]
    let signs: Set = ["minus", "sub", "less", "without", "excl", "ex", "no", "not"]
    var organ = name
    if let dash = name.lastIndex(of: "-"), let first = words(of: String(name[dash...])).first,
      targets.contains(first)
    {
      organ = String(name[..<dash])
    } else {
      let all = words(of: name)
      guard let sign = all.firstIndex(where: signs.contains), sign + 1 < all.count,
        targets.contains(all[sign + 1])
      else { return nil }
      organ = all[..<sign].joined(separator: " ")
    }
    return StructureName(recognizing: organ).role == .other ? nil : organ
  }

  private static func side(_ word: String) -> Side? {
    switch word {
    case "l", "lt", "left": .left
    case "r", "rt", "right": .right
    default: nil
    }
  }

  private static func suffix(_ side: Side) -> String {
    switch side {
    case .left: "_L"
    case .right: "_R"
    case .midline: ""
    }
  }

  private static func lobe(_ key: String, _ side: Side?) -> Lobe? {
    var word = key
    for prefix in ["lung", "lobe"] where word.hasPrefix(prefix) && word.count > prefix.count {
      word.removeFirst(prefix.count)
    }
    guard word != key || key.hasSuffix("lobe") || key.count == 3 else { return nil }
    return Lobe(word: word, side: side)
  }

  /// A single rib or vertebra, which TG-263 numbers in its name (`Rib07_L`, `VB_T10`); `nil` for other names.
  private static func numbered(_ words: [String]) -> StructureName? {
    guard let number = words.last(where: { $0.allSatisfy(\.isNumber) }).flatMap({ Int($0) }) else {
      return nil
    }
    let others = words.filter { !$0.allSatisfy(\.isNumber) }
    guard others.count + 1 == words.count, let first = others.first else { return nil }
    let two = (number < 10 ? "0" : "") + String(number)
    if ["rib", "costa"].contains(first) || (others.count == 2 && ["rib", "costa"].contains(others[1])) {
      let rest = others.filter { $0 != "rib" && $0 != "costa" }
      guard (1...13).contains(number), rest.count <= 1 else { return nil }
      let found = rest.first.flatMap(side)
      guard rest.isEmpty || found != nil else { return nil }
      return StructureName(tg263: "Rib\(two)" + (found.map(suffix) ?? ""), role: .rib, side: found)
    }
    let most = ["c": 7, "t": 13, "th": 13, "l": 6, "s": 5]
    guard others.count == 2, first.hasPrefix("vertebra") || first == "vb", let limit = most[others[1]],
      (1...limit).contains(number)
    else { return nil }
    let region = others[1].prefix(1).uppercased()
    return StructureName(tg263: "VB_" + region + (region == "T" ? two : String(number)), role: .bone)
  }

  private struct Entry {
    /// The TG-263 name without its side; `nil` where it has none and the source's own name stands.
    let tg263: String?
    let role: StructureRole
    let sided: Bool
    init(_ tg263: String?, _ role: StructureRole, sided: Bool = false) {
      self.tg263 = tg263
      self.role = role
      self.sided = sided
    }
  }

  /// Words that mean the heart with a side only: without one they may be the brain's.
  private static let sidedOnly: Set = ["ventricle", "atrium"]

  private static let entries: [String: Entry] = {
    var table: [String: Entry] = [:]
    for (entry, names) in vocabulary {
      for name in names { table[name] = entry }
    }
    return table
  }()

  private static let vocabulary: [(Entry, [String])] = [
    (Entry("Heart", .heart), ["heart", "cor"]),
    (Entry("Atrium", .heart, sided: true), ["atrium", "heartatrium"]),
    (Entry("Ventricle", .heart, sided: true), ["ventricle", "heartventricle"]),
    (Entry(nil, .heart), ["atrialappendage", "heartmyocardium", "myocardium"]),
    (Entry("Pericardium", .heart), ["pericardium", "heartpericardium"]),
    (
      Entry("GreatVes", .greatVessels),
      ["greatves", "greatvessel", "greatvessels", "gv", "mediastinalvessels"]
    ),
    (Entry("A_Aorta", .greatVessels), ["aorta", "aaorta", "thoracicaorta", "aorticarch", "aascendens"]),
    (
      Entry("A_Pulmonary", .greatVessels),
      ["apulmonary", "pulmonaryartery", "pulmonarytrunk", "pa", "apulm"]
    ),
    (Entry("V_Pulmonary", .greatVessels), ["vpulmonary", "pulmonaryvein", "pulmonaryveins"]),
    (Entry("V_Venacava_S", .greatVessels), ["svc", "superiorvenacava", "vvenacavas", "venacavasuperior"]),
    (Entry("V_Venacava_I", .greatVessels), ["ivc", "inferiorvenacava", "vvenacavai", "venacavainferior"]),
    (
      Entry("A_Brachiocephls", .greatVessels),
      ["brachiocephalictrunk", "brachiocephalicartery", "abrachiocephls"]
    ),
    (
      Entry("V_Brachioceph", .greatVessels, sided: true),
      ["brachiocephalicvein", "vbrachioceph"]
    ),
    (Entry("A_Subclavian", .greatVessels, sided: true), ["subclavianartery", "asubclavian"]),
    (
      Entry("A_Carotid", .greatVessels, sided: true),
      ["commoncarotidartery", "carotidartery", "acarotid"]
    ),
    (Entry("A_Iliac", .other, sided: true), ["iliacartery", "ailiac"]),
    (Entry("V_Iliac", .other, sided: true), ["iliacvena", "iliacvein", "viliac"]),
    (Entry("A_Coronary", .other), ["coronaryarteries", "coronaryartery", "acoronary"]),
    (Entry("Trachea", .trachea), ["trachea", "windpipe"]),
    (
      Entry("BronchTree", .bronchialTree),
      [
        "bronchtree", "bronchialtree", "pbt", "proximalbronchialtree", "bronchusmain", "mainbronchus",
        "mainbronchi", "bronchusprox", "proximalbronchus", "carina", "lungtracheabronchia",
        "tracheabronchi", "proxbronchialtree", "airway", "airways",
      ]
    ),
    (Entry("Bronchus", .bronchus), ["bronchus", "bronchi", "lobarbronchus", "segmentalbronchus"]),
    (
      Entry("PulmonaryVessels", .pulmonaryVessel),
      ["pulmonaryvessels", "lungvessels", "pulmonaryvessel", "lungvessel"]
    ),
    (Entry("Esophagus", .oesophagus), ["esophagus", "oesophagus", "eso", "esoph", "oesoph"]),
    (
      Entry("SpinalCord", .spinalCord),
      ["spinalcord", "cord", "myelon", "medullaspinalis"]
    ),
    (Entry("SpinalCanal", .spinalCord), ["spinalcanal", "canal", "thecalsac"]),
    (Entry("CaudaEquina", .spinalCord), ["caudaequina", "cauda"]),
    (
      Entry("BrachialPlex", .brachialPlexus, sided: true),
      ["brachialplex", "brachialplexus", "plexusbrachialis", "bp"]
    ),
    (Entry("N_Phrenic", .phrenicNerve, sided: true), ["phrenicnerve", "nphrenic", "phrenic"]),
    (Entry("Diaphragm", .diaphragm, sided: true), ["diaphragm", "diaphragma", "hemidiaphragm"]),
    (
      Entry("Chestwall", .chestWall, sided: true),
      ["chestwall", "thoraxwall", "thoracicwall", "cw"]
    ),
    (Entry("Rib", .rib, sided: true), ["rib", "ribs", "costa", "costae", "ribcage"]),
    (Entry("Skin", .skin), ["skin"]),
    (Entry("Lung", .lung, sided: true), ["lung", "lungs", "lungtotal", "pulmo"]),
    (Entry("Pleura", .pleura, sided: true), ["pleura"]),
    (Entry("Bulla", .bulla), ["bulla", "bullae"]),
    (Entry("Emphysema", .emphysema, sided: true), ["emphysema", "lowattenuationarea", "lungemphysema"]),
    (Entry("Liver", .liver), ["liver", "hepar"]),
    (Entry("Gallbladder", .gallbladder), ["gallbladder", "gallblad"]),
    (Entry("BileDuct_Common", .bileDuct), ["bileduct", "bileductcommon", "commonbileduct", "cbd"]),
    (
      Entry("V_Portal", .hepaticVessel),
      ["portalvein", "vportal", "portalveinandsplenicvein"]
    ),
    (Entry("V_Hepatic", .hepaticVessel), ["hepaticvein", "hepaticveins", "vhepatic"]),
    (
      Entry("HepaticVessels", .hepaticVessel),
      ["livervessels", "livervessel", "hepaticvessel", "hepaticvessels"]
    ),
    (Entry("Stomach", .stomach), ["stomach", "gaster"]),
    (Entry("Duodenum", .duodenum), ["duodenum"]),
    (
      Entry("Bowel_Small", .bowel),
      ["bowelsmall", "smallbowel", "jejunum", "ileum", "jejunumileum", "bowel", "bowelbag", "intestine"]
    ),
    (Entry("Colon", .colon), ["colon", "bowellarge", "largebowel"]),
    (Entry("Rectum", .colon), ["rectum"]),
    (Entry("Kidney", .kidney, sided: true), ["kidney", "kidneys"]),
    (Entry("Spleen", .spleen), ["spleen", "lien"]),
    (Entry("Pancreas", .pancreas), ["pancreas"]),
    (Entry("Glnd_Adrenal", .adrenal, sided: true), ["adrenal", "adrenalgland", "glndadrenal"]),
    (Entry("Glnd_Thyroid", .thyroid), ["thyroid", "thyroidgland", "glndthyroid"]),
    (
      Entry("Bone", .bone, sided: true),
      ["bone", "bones"]
    ),
    (Entry("Clavicle", .bone, sided: true), ["clavicle", "clavicula"]),
    (Entry("Scapula", .bone, sided: true), ["scapula"]),
    (Entry("Humerus", .bone, sided: true), ["humerus"]),
    (Entry("Femur", .bone, sided: true), ["femur"]),
    (Entry("Bone_Pelvic", .bone, sided: true), ["hip", "bonepelvic", "pelvicbone"]),
    (Entry("Skull", .bone), ["skull"]),
    (Entry("Sacrum", .bone), ["sacrum"]),
    (Entry(nil, .bone), ["sternum", "costalcartilages"]),
    (Entry("VB", .bone), ["vb", "vertebra", "vertebralbody"]),
    (Entry("VBs", .bone), ["vbs", "vertebrae", "vertebralbodies"]),
    (Entry("Bladder", .other), ["bladder", "urinarybladder"]),
    (Entry("Prostate", .other), ["prostate"]),
    (Entry("Brain", .other), ["brain"]),
    (Entry("Femur_Head", .bone, sided: true), ["femoralhead", "femurhead"]),
    (Entry("External", .external), ["external", "body", "patient", "bodyoutline", "skinoutline", "outline"]),
    (Entry(nil, .external), ["bodytrunc", "bodytrunk"]),
  ]
}
