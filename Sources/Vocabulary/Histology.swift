// SPDX-License-Identifier: Apache-2.0
/// The histology of the primary, as far as rules tell it apart.
public enum Histology: String, Sendable, Hashable, CaseIterable {
  case leiomyosarcoma, synovialSarcoma, myxoidLiposarcoma, dedifferentiatedLiposarcoma
  case wellDifferentiatedLiposarcoma, pleomorphicLiposarcoma, undifferentiatedPleomorphicSarcoma
  case alveolarSoftPartSarcoma, angiosarcoma, embryonalRhabdomyosarcoma, alveolarRhabdomyosarcoma
  case epithelioidSarcoma, clearCellSarcoma, malignantPeripheralNerveSheathTumour, myxofibrosarcoma
  case solitaryFibrousTumour, dermatofibrosarcomaProtuberans, fibrosarcomatousDermatofibrosarcoma
  case desmoplasticSmallRoundCellTumour, epithelioidHaemangioendothelioma
  case gastrointestinalStromalTumour, pecoma, inflammatoryMyofibroblasticTumourALK, ntrkRearranged
  case osteosarcoma, ewingSarcoma, chondrosarcoma, otherSoftTissueSarcoma, colorectalCarcinoma, otherCancer

  /// The histology a clinic's word means, or `nil`; case and punctuation do not matter.
  public init?(word: String) {
    let key = Self.key(word)
    if let exact = Self.allCases.first(where: { Self.key($0.rawValue) == key }) {
      self = exact
      return
    }
    guard let alias = Self.aliases[key] else { return nil }
    self = alias
  }

  /// The name for people, the raw word broken at its capitals.
  public var title: String {
    switch self {
    case .pecoma: return "PEComa"
    case .ntrkRearranged: return "NTRK-rearranged tumour"
    case .inflammatoryMyofibroblasticTumourALK: return "inflammatory myofibroblastic tumour (ALK)"
    default: break
    }
    var text = ""
    for character in rawValue {
      if character.isUppercase { text.append(" ") }
      text.append(contentsOf: character.lowercased())
    }
    return text
  }

  private static func key(_ word: String) -> String {
    String(word.lowercased().filter { $0.isLetter })
      .replacing("tumor", with: "tumour").replacing("hemangio", with: "haemangio")
  }

  private static let aliases: [String: Histology] = [
    "lms": .leiomyosarcoma, "synovial": .synovialSarcoma, "mls": .myxoidLiposarcoma,
    "ddlps": .dedifferentiatedLiposarcoma, "wdlps": .wellDifferentiatedLiposarcoma,
    "ups": .undifferentiatedPleomorphicSarcoma, "mfh": .undifferentiatedPleomorphicSarcoma,
    "malignantfibroushistiocytoma": .undifferentiatedPleomorphicSarcoma,
    "asps": .alveolarSoftPartSarcoma, "erms": .embryonalRhabdomyosarcoma,
    "arms": .alveolarRhabdomyosarcoma, "mpnst": .malignantPeripheralNerveSheathTumour,
    "sft": .solitaryFibrousTumour, "dfsp": .dermatofibrosarcomaProtuberans,
    "dfspfs": .fibrosarcomatousDermatofibrosarcoma, "dsrct": .desmoplasticSmallRoundCellTumour,
    "ehe": .epithelioidHaemangioendothelioma, "gist": .gastrointestinalStromalTumour,
    "ewing": .ewingSarcoma, "ewings": .ewingSarcoma, "sarcoma": .otherSoftTissueSarcoma,
    "softtissuesarcoma": .otherSoftTissueSarcoma, "sts": .otherSoftTissueSarcoma,
    "colorectal": .colorectalCarcinoma, "crc": .colorectalCarcinoma,
    "imt": .inflammatoryMyofibroblasticTumourALK, "ntrk": .ntrkRearranged,
  ]
}
