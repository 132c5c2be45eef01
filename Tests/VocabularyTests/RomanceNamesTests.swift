// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

/// Names as French, Spanish, Italian and Portuguese clinics write them.
@Suite("Names in Romance languages")
struct RomanceNamesTests {
  @Test(
    "French",
    arguments: [
      ("Coeur", "Heart", StructureRole.heart), ("CŒUR", "Heart", .heart),
      ("Péricarde", "Pericardium", .heart),
      ("Aorte", "A_Aorta", .greatVessels), ("Crosse de l'aorte", "A_Aorta", .greatVessels),
      ("Gros vaisseaux", "GreatVes", .greatVessels), ("Artère pulmonaire", "A_Pulmonary", .greatVessels),
      ("Veine cave supérieure", "V_Venacava_S", .greatVessels), ("VCI", "V_Venacava_I", .greatVessels),
      ("Trachée", "Trachea", .trachea), ("Arbre bronchique", "BronchTree", .bronchialTree),
      ("Bronches souches", "BronchTree", .bronchialTree), ("Carène", "BronchTree", .bronchialTree),
      ("Oesophage", "Esophagus", .oesophagus), ("œsophage", "Esophagus", .oesophagus),
      ("Moelle_epiniere", "SpinalCord", .spinalCord), ("Canal médullaire", "SpinalCanal", .spinalCord),
      ("Plexus_Brachial_G", "BrachialPlex_L", .brachialPlexus),
      ("Nerf phrénique D", "N_Phrenic_R", .phrenicNerve),
      ("Diaphragme", "Diaphragm", .diaphragm), ("Paroi_thoracique_D", "Chestwall_R", .chestWall),
      ("Côtes", "Rib", .rib), ("Côte 7 G", "Rib07_L", .rib), ("7ème côte droite", "Rib07_R", .rib),
      ("Peau", "Skin", .skin), ("Contour externe", "External", .external), ("Corps", "External", .external),
      ("Poumon_D", "Lung_R", .lung), ("Poumon_G", "Lung_L", .lung), ("poumon gauche", "Lung_L", .lung),
      ("PoumonD", "Lung_R", .lung), ("POUMONG", "Lung_L", .lung), ("Poumons", "Lung", .lung),
      ("Poumons D+G", "Lung", .lung), ("Poumons-GTV", "Lung", .lung), ("Poumon D - PTV", "Lung_R", .lung),
      ("Lobe supérieur droit", "Lung_RUL", .lobe), ("Lobe sup D", "Lung_RUL", .lobe),
      ("LSD", "Lung_RUL", .lobe),
      ("Lobe moyen", "Lung_RML", .lobe), ("Lobe inférieur gauche", "Lung_LLL", .lobe),
      ("LIG", "Lung_LLL", .lobe),
      ("Lobe supérieur du poumon gauche", "Lung_LUL", .lobe), ("Plèvre", "Pleura", .pleura),
      ("Foie", "Liver", .liver), ("Vésicule biliaire", "Gallbladder", .gallbladder),
      ("Voie biliaire principale", "BileDuct_Common", .bileDuct), ("Veine porte", "V_Portal", .hepaticVessel),
      ("Veines sus-hépatiques", "V_Hepatic", .hepaticVessel), ("L'estomac", "Stomach", .stomach),
      ("Duodénum", "Duodenum", .duodenum), ("Intestin grêle", "Bowel_Small", .bowel),
      ("Côlon", "Colon", .colon),
      ("Rein_D", "Kidney_R", .kidney), ("Rein G", "Kidney_L", .kidney), ("Rate", "Spleen", .spleen),
      ("Pancréas", "Pancreas", .pancreas), ("Surrénale G", "Glnd_Adrenal_L", .adrenal),
      ("Thyroïde", "Glnd_Thyroid", .thyroid), ("Vertèbre D7", "VB_T07", .bone),
      ("Vertèbre L3", "VB_L3", .bone),
      ("Tête fémorale G", "Femur_Head_L", .bone), ("Vessie", "Bladder", .other), ("Cerveau", "Brain", .other),
    ])
  func french(source: String, tg263: String, role: StructureRole) { expect(source, tg263, role) }

  @Test(
    "Spanish",
    arguments: [
      ("Corazón", "Heart", StructureRole.heart), ("CORAZON", "Heart", .heart),
      ("Pericardio", "Pericardium", .heart), ("Cayado aórtico", "A_Aorta", .greatVessels),
      ("Grandes vasos", "GreatVes", .greatVessels), ("Arteria pulmonar", "A_Pulmonary", .greatVessels),
      ("Vena cava superior", "V_Venacava_S", .greatVessels), ("Vena cava I", "V_Venacava_I", .greatVessels),
      ("Tráquea", "Trachea", .trachea), ("Árbol bronquial", "BronchTree", .bronchialTree),
      ("Bronquio principal izq", "BronchTree", .bronchialTree), ("Esófago", "Esophagus", .oesophagus),
      ("Médula espinal", "SpinalCord", .spinalCord), ("Canal medular", "SpinalCanal", .spinalCord),
      ("Plexo braquial izq", "BrachialPlex_L", .brachialPlexus), ("Diafragma", "Diaphragm", .diaphragm),
      ("Pared torácica dcha", "Chestwall_R", .chestWall), ("Costilla 7 izq", "Rib07_L", .rib),
      ("Costillas", "Rib", .rib), ("Piel", "Skin", .skin), ("Contorno externo", "External", .external),
      ("Pulmón_D", "Lung_R", .lung), ("Pulmon_I", "Lung_L", .lung), ("Pulmón izquierdo", "Lung_L", .lung),
      ("PulmonIzq", "Lung_L", .lung), ("Pulmon der", "Lung_R", .lung), ("Pulmones", "Lung", .lung),
      ("Pulmones menos GTV", "Lung", .lung), ("Pulmones sin PTV", "Lung", .lung),
      ("Lóbulo superior derecho", "Lung_RUL", .lobe), ("LSI", "Lung_LUL", .lobe),
      ("Lóbulo medio", "Lung_RML", .lobe), ("Lóbulo inf izq", "Lung_LLL", .lobe), ("Hígado", "Liver", .liver),
      ("Vesícula biliar", "Gallbladder", .gallbladder), ("Colédoco", "BileDuct_Common", .bileDuct),
      ("Vena porta", "V_Portal", .hepaticVessel), ("Estómago", "Stomach", .stomach),
      ("Duodeno", "Duodenum", .duodenum),
      ("Intestino delgado", "Bowel_Small", .bowel), ("Intestino grueso", "Colon", .colon),
      ("Recto", "Rectum", .colon),
      ("Riñón izquierdo", "Kidney_L", .kidney), ("Rinon_D", "Kidney_R", .kidney), ("Bazo", "Spleen", .spleen),
      ("Páncreas", "Pancreas", .pancreas), ("Suprarrenal izquierda", "Glnd_Adrenal_L", .adrenal),
      ("Tiroides", "Glnd_Thyroid", .thyroid), ("Vértebra D7", "VB_T07", .bone), ("Vejiga", "Bladder", .other),
    ])
  func spanish(source: String, tg263: String, role: StructureRole) { expect(source, tg263, role) }

  @Test(
    "Italian",
    arguments: [
      ("Cuore", "Heart", StructureRole.heart), ("Pericardio", "Pericardium", .heart),
      ("Arco aortico", "A_Aorta", .greatVessels), ("Grossi vasi", "GreatVes", .greatVessels),
      ("Arteria polmonare", "A_Pulmonary", .greatVessels),
      ("Vena cava inferiore", "V_Venacava_I", .greatVessels),
      ("Albero bronchiale", "BronchTree", .bronchialTree),
      ("Bronco principale dx", "BronchTree", .bronchialTree),
      ("Esofago", "Esophagus", .oesophagus), ("Midollo spinale", "SpinalCord", .spinalCord),
      ("Midollo", "SpinalCord", .spinalCord), ("Canale midollare", "SpinalCanal", .spinalCord),
      ("Plesso brachiale sx", "BrachialPlex_L", .brachialPlexus), ("Diaframma dx", "Diaphragm_R", .diaphragm),
      ("Parete toracica destra", "Chestwall_R", .chestWall), ("Costa 7 sx", "Rib07_L", .rib),
      ("Coste", "Rib", .rib),
      ("Pelle", "Skin", .skin), ("Contorno esterno", "External", .external), ("Polmone dx", "Lung_R", .lung),
      ("Polmone_sx", "Lung_L", .lung), ("Polmone_S", "Lung_L", .lung), ("Polmone_D", "Lung_R", .lung),
      ("Polmone sinistro", "Lung_L", .lung), ("Polmone sin", "Lung_L", .lung), ("Polmoni", "Lung", .lung),
      ("Polmoni senza PTV", "Lung", .lung), ("Lobo superiore dx", "Lung_RUL", .lobe),
      ("Lobo medio", "Lung_RML", .lobe),
      ("Lobo inferiore S", "Lung_LLL", .lobe), ("LSS", "Lung_LUL", .lobe), ("Fegato", "Liver", .liver),
      ("Colecisti", "Gallbladder", .gallbladder), ("Via biliare principale", "BileDuct_Common", .bileDuct),
      ("Vene sovraepatiche", "V_Hepatic", .hepaticVessel), ("Stomaco", "Stomach", .stomach),
      ("Intestino tenue", "Bowel_Small", .bowel), ("Intestino crasso", "Colon", .colon),
      ("Retto", "Rectum", .colon),
      ("Rene sx", "Kidney_L", .kidney), ("Rene_D", "Kidney_R", .kidney), ("Milza", "Spleen", .spleen),
      ("Surrene sx", "Glnd_Adrenal_L", .adrenal), ("Tiroide", "Glnd_Thyroid", .thyroid),
      ("Vertebra D7", "VB_T07", .bone), ("Testa femorale dx", "Femur_Head_R", .bone),
      ("Vescica", "Bladder", .other),
    ])
  func italian(source: String, tg263: String, role: StructureRole) { expect(source, tg263, role) }

  @Test(
    "Portuguese",
    arguments: [
      ("Coração", "Heart", StructureRole.heart), ("Coracao", "Heart", .heart),
      ("Pericárdio", "Pericardium", .heart), ("Crossa da aorta", "A_Aorta", .greatVessels),
      ("Vasos da base", "GreatVes", .greatVessels), ("Artéria pulmonar", "A_Pulmonary", .greatVessels),
      ("Veia cava superior", "V_Venacava_S", .greatVessels), ("Traqueia", "Trachea", .trachea),
      ("Árvore brônquica", "BronchTree", .bronchialTree), ("Esôfago", "Esophagus", .oesophagus),
      ("Esófago", "Esophagus", .oesophagus), ("Medula espinhal", "SpinalCord", .spinalCord),
      ("Canal medular", "SpinalCanal", .spinalCord), ("Plexo braquial E", "BrachialPlex", .brachialPlexus),
      ("Plexo braquial esq", "BrachialPlex_L", .brachialPlexus),
      ("Parede torácica D", "Chestwall_R", .chestWall),
      ("Costela 7 E", "Rib07_L", .rib), ("Costelas", "Rib", .rib), ("Pele", "Skin", .skin),
      ("Corpo", "External", .external),
      ("Pulmão D", "Lung_R", .lung), ("Pulmao_E", "Lung_L", .lung), ("Pulmão esquerdo", "Lung_L", .lung),
      ("Pulmões", "Lung", .lung), ("Pulmão D e E", "Lung", .lung), ("Pulmões sem PTV", "Lung", .lung),
      ("Lobo superior esquerdo", "Lung_LUL", .lobe), ("Lobo médio", "Lung_RML", .lobe),
      ("LIE", "Lung_LLL", .lobe),
      ("Fígado", "Liver", .liver), ("Vesícula", "Gallbladder", .gallbladder),
      ("Veia porta", "V_Portal", .hepaticVessel),
      ("Estômago", "Stomach", .stomach), ("Intestino grosso", "Colon", .colon), ("Reto", "Rectum", .colon),
      ("Rim_D", "Kidney_R", .kidney), ("Rim E", "Kidney_L", .kidney), ("Rins", "Kidney", .kidney),
      ("Baço", "Spleen", .spleen), ("Adrenal esq", "Glnd_Adrenal_L", .adrenal),
      ("Cabeça do fêmur D", "Femur_Head_R", .bone), ("Bexiga", "Bladder", .other),
    ])
  func portuguese(source: String, tg263: String, role: StructureRole) { expect(source, tg263, role) }

  private func expect(_ source: String, _ tg263: String, _ role: StructureRole) {
    let name = StructureName(recognizing: source)
    #expect(name.tg263 == tg263)
    #expect(name.role == role)
    #expect(name.isRecognized)
  }
}
