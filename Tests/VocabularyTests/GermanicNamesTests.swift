// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

/// Names as German and Dutch clinics write them.
@Suite("Names in German and Dutch")
struct GermanicNamesTests {
  @Test(
    "German, with umlauts, without and written out",
    arguments: [
      ("Herz", "Heart", StructureRole.heart), ("Herzbeutel", "Pericardium", .heart), ("Cor", "Heart", .heart),
      ("Linker Vorhof", "Atrium_L", .heart), ("Große Gefäße", "GreatVes", .greatVessels),
      ("Grosse Gefaesse", "GreatVes", .greatVessels), ("Aortenbogen", "A_Aorta", .greatVessels),
      ("A. pulmonalis", "A_Pulmonary", .greatVessels), ("Obere Hohlvene", "V_Venacava_S", .greatVessels),
      ("Luftröhre", "Trachea", .trachea), ("Bronchialbaum", "BronchTree", .bronchialTree),
      ("Hauptbronchus li", "BronchTree", .bronchialTree), ("Ösophagus", "Esophagus", .oesophagus),
      ("Oesophagus", "Esophagus", .oesophagus), ("OSOPHAGUS", "Esophagus", .oesophagus),
      ("Speiseröhre", "Esophagus", .oesophagus), ("Speiseroehre", "Esophagus", .oesophagus),
      ("Rückenmark", "SpinalCord", .spinalCord), ("Rueckenmark", "SpinalCord", .spinalCord),
      ("Myelon", "SpinalCord", .spinalCord), ("Spinalkanal", "SpinalCanal", .spinalCord),
      ("Plexus brachialis li", "BrachialPlex_L", .brachialPlexus),
      ("N. phrenicus re", "N_Phrenic_R", .phrenicNerve),
      ("Zwerchfell re", "Diaphragm_R", .diaphragm), ("Brustwand li", "Chestwall_L", .chestWall),
      ("Rippen", "Rib", .rib), ("Rippe 5 re", "Rib05_R", .rib), ("5. Rippe links", "Rib05_L", .rib),
      ("Haut", "Skin", .skin), ("Körper", "External", .external), ("Aussenkontur", "External", .external),
      ("Außenkontur", "External", .external), ("Lunge re", "Lung_R", .lung), ("Lunge_li", "Lung_L", .lung),
      ("Lunge links", "Lung_L", .lung), ("Rechte Lunge", "Lung_R", .lung), ("LungeRe", "Lung_R", .lung),
      ("Lungen", "Lung", .lung), ("Lunge_gesamt", "Lung", .lung), ("Lunge re + li", "Lung", .lung),
      ("Lunge ohne GTV", "Lung", .lung), ("Lunge bds", "Lung", .lung), ("Oberlappen re", "Lung_RUL", .lobe),
      ("OL links", "Lung_LUL", .lobe), ("UL re", "Lung_RLL", .lobe),
      ("Linker Unterlappen", "Lung_LLL", .lobe),
      ("Mittellappen", "Lung_RML", .lobe), ("ML re", "Lung_RML", .lobe), ("Leber", "Liver", .liver),
      ("Gallenblase", "Gallbladder", .gallbladder), ("Gallengang", "BileDuct_Common", .bileDuct),
      ("Pfortader", "V_Portal", .hepaticVessel), ("Lebervenen", "V_Hepatic", .hepaticVessel),
      ("Magen", "Stomach", .stomach), ("Zwölffingerdarm", "Duodenum", .duodenum),
      ("Dünndarm", "Bowel_Small", .bowel),
      ("Duenndarm", "Bowel_Small", .bowel), ("Dickdarm", "Colon", .colon), ("Enddarm", "Rectum", .colon),
      ("Niere re", "Kidney_R", .kidney), ("Nieren", "Kidney", .kidney), ("Milz", "Spleen", .spleen),
      ("Bauchspeicheldrüse", "Pancreas", .pancreas), ("Nebenniere li", "Glnd_Adrenal_L", .adrenal),
      ("Schilddrüse", "Glnd_Thyroid", .thyroid), ("BWK 7", "VB_T07", .bone), ("LWK3", "VB_L3", .bone),
      ("Hüftkopf re", "Femur_Head_R", .bone), ("Harnblase", "Bladder", .other), ("Gehirn", "Brain", .other),
    ])
  func german(source: String, tg263: String, role: StructureRole) { expect(source, tg263, role) }

  @Test(
    "Dutch",
    arguments: [
      ("Hart", "Heart", StructureRole.heart), ("Hartzakje", "Pericardium", .heart),
      ("Grote vaten", "GreatVes", .greatVessels), ("Longslagader", "A_Pulmonary", .greatVessels),
      ("Bovenste holle ader", "V_Venacava_S", .greatVessels), ("Luchtpijp", "Trachea", .trachea),
      ("Bronchiaalboom", "BronchTree", .bronchialTree), ("Hoofdbronchus links", "BronchTree", .bronchialTree),
      ("Slokdarm", "Esophagus", .oesophagus), ("Oesofagus", "Esophagus", .oesophagus),
      ("Ruggenmerg", "SpinalCord", .spinalCord), ("Myelum", "SpinalCord", .spinalCord),
      ("Wervelkanaal", "SpinalCanal", .spinalCord), ("Middenrif", "Diaphragm", .diaphragm),
      ("Borstwand rechts", "Chestwall_R", .chestWall), ("Ribben", "Rib", .rib),
      ("Rib 7 links", "Rib07_L", .rib),
      ("Huid", "Skin", .skin), ("Lichaam", "External", .external), ("Long links", "Lung_L", .lung),
      ("Long_R", "Lung_R", .lung), ("Linkerlong", "Lung_L", .lung), ("Rechter long", "Lung_R", .lung),
      ("Longen", "Lung", .lung), ("Longen zonder PTV", "Lung", .lung),
      ("Bovenkwab rechts", "Lung_RUL", .lobe),
      ("Linker onderkwab", "Lung_LLL", .lobe), ("RMK", "Lung_RML", .lobe), ("Lever", "Liver", .liver),
      ("Galblaas", "Gallbladder", .gallbladder), ("Galwegen", "BileDuct_Common", .bileDuct),
      ("Poortader", "V_Portal", .hepaticVessel), ("Maag", "Stomach", .stomach),
      ("Twaalfvingerige darm", "Duodenum", .duodenum), ("Dunne darm", "Bowel_Small", .bowel),
      ("Dikke darm", "Colon", .colon), ("Endeldarm", "Rectum", .colon), ("Nier rechts", "Kidney_R", .kidney),
      ("Linkernier", "Kidney_L", .kidney), ("Milt", "Spleen", .spleen),
      ("Alvleesklier", "Pancreas", .pancreas),
      ("Bijnier links", "Glnd_Adrenal_L", .adrenal), ("Schildklier", "Glnd_Thyroid", .thyroid),
      ("Wervels", "VBs", .bone), ("Blaas", "Bladder", .other), ("Hersenen", "Brain", .other),
    ])
  func dutch(source: String, tg263: String, role: StructureRole) { expect(source, tg263, role) }

  @Test(
    "a word that only begins or ends like an organ is none",
    arguments: [
      "Herzog", "Hautarzt", "Lebertran", "Magenta", "Hartford", "Leverage", "Coeurdoux", "Rateau",
      "Pulmonale",
      "Corpuscle", "Peaux", "Milzbrand", "Longitude", "Rippled", "Bodyguard", "Rim", "Rim 1", "lid", "UL",
      "UL_R",
    ])
  func partsOfWords(source: String) {
    let name = StructureName(recognizing: source)
    #expect(name.role == .other)
    #expect(name.tg263 == source)
    #expect(!name.isRecognized)
  }

  private func expect(_ source: String, _ tg263: String, _ role: StructureRole) {
    let name = StructureName(recognizing: source)
    #expect(name.tg263 == tg263)
    #expect(name.role == role)
    #expect(name.isRecognized)
  }
}
