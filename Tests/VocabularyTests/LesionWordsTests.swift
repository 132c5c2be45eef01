// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

@Suite("Lesions and targets in all languages")
struct LesionWordsTests {
  @Test(
    "lesions",
    arguments: [
      "Tumeur", "Métastase 1", "métastases foie", "Nodule LSD", "Lésion_2", "LESION HEPATIQUE", "Méta foie",
      "Tumor", "Metastase", "Metastasen", "Läsion", "Laesion 2", "LÄSION", "Lasion", "Rundherd", "Herd re",
      "Knoten 1",
      "Lungenmetastase", "Lebermetastase 3", "Lebermetastasen", "Hirnmetastase", "Primärtumor", "Leberläsion",
      "Laesie", "uitzaaiing", "letsel 1", "Longmetastase", "levermetastasen", "longtumor",
      "Lesión", "lesion hepatica", "nódulo pulmonar", "metástasis", "tumor hepático", "nódulos",
      "lesione", "nodulo LSS", "metastasi epatica", "tumore", "noduli", "Polmone sin GTV",
      "lesão", "lesões", "nódulo", "metástase", "tumor", "GTV 1", "Lesion No 1", "Tumor Nr. 2",
      "GTV without mets",
    ])
  func lesions(name: String) {
    #expect(RegionOfInterestKind(name: name, interpretedType: "") == .lesion)
    #expect(StructureName(recognizing: name).role == .other)
    #expect(StructureName(recognizing: name).isRecognized)
  }

  @Test(
    "beds, boosts, rings and scars are none, whatever their type",
    arguments: [
      "Lit tumoral", "lit de la tumeur", "Anneau GTV", "cicatrice", "éviter tumeur", "Tumorbett",
      "Tumor Bett",
      "Narbe Metastase", "Tumorboost", "Lecho tumoral", "lecho del tumor", "anillo GTV", "cicatriz",
      "Letto tumorale",
      "anello GTV", "Leito tumoral", "anel PTV", "litteken", "tumorbed", "Metastasenbett",
    ])
  func takenBack(name: String) {
    #expect(RegionOfInterestKind(name: name, interpretedType: "GTV") == .structure)
  }

  @Test(
    "what is denied is none",
    arguments: [
      "No GTV", "no tumour", "pas de GTV", "sans tumeur", "kein GTV", "ohne Tumor", "geen GTV", "sin GTV",
      "sin tumor",
      "senza GTV", "nessuna lesione", "sem GTV", "não GTV", "non-GTV", "No PTV",
    ])
  func denied(name: String) {
    #expect(RegionOfInterestKind(name: name, interpretedType: "GTV") == .structure)
  }

  @Test(
    "organs less a target are organs",
    arguments: [
      "Poumons-GTV", "Poumons – GTV", "Poumon D sans GTV", "Lunge ohne Tumor", "Leber minus PTV",
      "Longen zonder GTV",
      "pulmones sin PTV", "Polmoni meno GTV", "Pulmões sem GTV", "Lungs minus target", "Heart-PTV",
    ])
  func subtractions(name: String) {
    #expect(RegionOfInterestKind(name: name, interpretedType: "") == .structure)
  }

  @Test(
    "targets",
    arguments: [
      "TargetVolume", "Target Volume", "Target", "Zielvolumen", "Volume cible", "cible 1", "volume bersaglio",
      "PTV",
      "volumen blanco", "doel volume",
    ])
  func targets(name: String) {
    #expect(RegionOfInterestKind(name: name, interpretedType: "") == .target)
    #expect(StructureName(recognizing: name).isRecognized)
  }

  @Test(
    "no lesion is guessed from a part of a word",
    arguments: [
      "Tumornekrose", "nodulaire", "metastatic", "Knotenpunkt", "Lymphknoten", "Lymph-Knoten", "Metallclip",
      "Herdorf",
      "Métal", "lesionnel", "Targetoid", "Ganglion", "Linfonodo",
    ])
  func notLesions(name: String) {
    #expect(RegionOfInterestKind(name: name, interpretedType: "") == .structure)
  }
}
