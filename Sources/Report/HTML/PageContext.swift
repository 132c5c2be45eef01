// SPDX-License-Identifier: Apache-2.0
/// The whole page as its template asks for it.
struct PageContext {
  let words: [String: String]
  let title: String
  let advice: String
  let adviceTone: String
  let facts: [FactEntry]
  let boardColumns: [Column]
  let hasLesions: Bool
  let hasScene: Bool
  let sceneNote: String?
  let lesions: [LesionEntry]
  let chapters: [Chapter]
  let bibliography: [SourceEntry]
  let provenance: [SectionContext]
  let notice: String

  struct FactEntry {
    let factName: String
    let factValue: String
  }

  /// Areas that stand below one another.
  struct Column {
    let columnName: String
    let boardParts: [Area]
  }

  struct Area {
    let areaName: String
    let areaSections: [SectionContext]
  }

  struct LesionEntry {
    let lesionAnchor: String
    let lesionName: String
    let lesionPlace: String
    let planText: String
    let hasViews: Bool
    let remarkLines: [LineContext]
    let therapies: [TherapyEntry]
    let lesionSections: [Part]
    let interventions: [Intervention]
  }

  struct TherapyEntry {
    let therapyAnchor: String
    let therapyTone: String
    let therapySign: String
    let therapyTitle: String
    let verdictText: String
    let isChosen: Bool
    let reasonLines: [LineContext]
  }

  struct Part {
    let partTitle: String
    let partSections: [SectionContext]
  }

  struct Intervention {
    let interventionAnchor: String
    let interventionTitle: String
    let interventionPage: String
  }

  struct Chapter {
    let chapterAnchor: String
    let chapterTitle: String
    let chapterLink: String
    let chapterSections: [SectionContext]
    let chapterDetail: Detail?
  }

  struct Detail {
    let detailTitle: String
    let detailSections: [SectionContext]
  }

  struct SourceEntry {
    let key: String
    let sourceMark: String
    let sourceText: String
  }
}
