// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// SNOMED's codes as DICOM's context groups use them, in the vocabulary of this program.
///
/// Values are those of PS3.16 (2024); a code that is not listed is read by its meaning in words, as names of ROIs are.
enum Terminology {
  typealias Code = CodedConcept.Code

  /// What is drawn is a growth: neoplasm, metastasis, mass, nodule, lesion, gross tumour volume.
  static let growths = [
    Code(sct: "108369006", srt: "M-8FFFF"), Code(sct: "14799000", srt: "M-80006"),
    Code(sct: "86049000", srt: "M-80003"), Code(sct: "4147007", srt: "M-03000"),
    Code(sct: "27925004", srt: "M-03010"), Code(sct: "52988006", srt: "M-01100"),
    Code(sct: "228791009", srt: "R-429E0"),
  ]

  static let left = Code(sct: "7771000", srt: "G-A101")
  static let right = Code(sct: "24028007", srt: "G-A100")

  /// Organs and regions whose code says more than its meaning in words does.
  private static let regions: [(Code, String)] = [
    (Code(sct: "39607008", srt: "T-28000"), "Lung"), (Code(sct: "3341006", srt: "T-28100"), "Lung_R"),
    (Code(sct: "44029006", srt: "T-28500"), "Lung_L"),
    (Code(sct: "42400003", srt: "T-28200"), "right upper lobe"),
    (Code(sct: "72481006", srt: "T-28300"), "right middle lobe"),
    (Code(sct: "266005", srt: "T-28400"), "right lower lobe"),
    (Code(sct: "44714003", srt: "T-28600"), "left upper lobe"),
    (Code(sct: "41224006", srt: "T-28700"), "left lower lobe"),
    (Code(sct: "10200004", srt: "T-62000"), "Liver"), (Code(sct: "80891009", srt: "T-32000"), "Heart"),
    (Code(sct: "15825003", srt: "T-42000"), "Aorta"), (Code(sct: "32849002", srt: "T-56000"), "Esophagus"),
    (Code(sct: "44567001", srt: "T-25000"), "Trachea"), (Code(sct: "955009", srt: "T-26000"), "Bronchus"),
    (Code(sct: "69695003", srt: "T-57000"), "Stomach"), (Code(sct: "78961009", srt: "T-C3000"), "Spleen"),
    (Code(sct: "64033007", srt: "T-71000"), "Kidney"),
    (Code(sct: "28231008", srt: "T-63000"), "Gallbladder"),
    (Code(sct: "15776009", srt: "T-65000"), "Pancreas"),
    (Code(sct: "38848004", srt: "T-58200"), "Duodenum"),
    (Code(sct: "30315005", srt: "T-58000"), "Bowel_Small"),
    (Code(sct: "71854001", srt: "T-59300"), "Colon"),
    (Code(sct: "14742008", srt: "T-59000"), "Bowel_Large"),
    (Code(sct: "23451007", srt: "T-B3000"), "Adrenal"),
    (Code(sct: "2748008", srt: "T-A7010"), "SpinalCord"),
    (Code(sct: "272673000", srt: "T-D016E"), "Bone"), (Code(sct: "113197003", srt: "T-11300"), "Rib"),
    (Code(sct: "56873002", srt: "T-11210"), "Sternum"), (Code(sct: "51282000", srt: "T-11510"), "Vertebra"),
    (Code(sct: "64131007", srt: "T-48710"), "V_Venacava_I"),
    (Code(sct: "48345005", srt: "T-48610"), "V_Venacava_S"),
    (Code(sct: "32764006", srt: "T-48810"), "V_Portal"),
    (Code(sct: "81040000", srt: "T-44000"), "A_Pulmonary"),
    (Code(sct: "122972007", srt: "T-48581"), "V_Pulmonary"),
    (Code(sct: "69748006", srt: "T-B6000"), "Thyroid"), (Code(sct: "12738006", srt: "T-A0100"), "Brain"),
    (Code(sct: "39937001", srt: "T-01000"), "Skin"), (Code(sct: "78904004", srt: "T-D3050"), "Chestwall"),
    (Code(sct: "28273000", srt: "T-60610"), "Bile duct"),
    (Code(sct: "36582005", srt: "T-A9090"), "BrachialPlexus"),
    (Code(sct: "59441001", srt: "T-C4000"), "lymph node"), (Code(sct: "3120008", srt: "T-29000"), "pleura"),
    (Code(sct: "72410000", srt: "T-D3300"), "mediastinum"),
  ]

  /// The side that codes say, laterality and modifiers alike; `nil` for none, or for both.
  static func side(_ modifiers: [CodedConcept]) -> Side? {
    let found = Set(modifiers.compactMap { left.matches($0) ? Side.left : right.matches($0) ? .right : nil })
    return found.count == 1 ? found.first : nil
  }

  /// The name of an organ or region, as the vocabulary recognises it, with its side where codes say it.
  static func name(of region: CodedConcept, _ modifiers: [CodedConcept]) -> String {
    let listed = regions.first { $0.0.matches(region) }?.1
    // SNOMED ends its names of parts in what kind of name they are.
    let words =
      listed
      ?? region.meaning.replacing(" (body structure)", with: "").replacing(" structure", with: "")
      .replacing("Structure of ", with: "")
    switch side(modifiers) {
    case .left: return words + "_L"
    case .right: return words + "_R"
    default: return words
    }
  }
}
