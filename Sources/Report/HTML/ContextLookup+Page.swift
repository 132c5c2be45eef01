// SPDX-License-Identifier: Apache-2.0
internal import Mustache

// The frames around every line: a name that a line does not have is looked for in each of them.

extension PageContext: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "words": words
    case "title": title
    case "advice": advice
    case "adviceTone": adviceTone
    case "facts": facts
    case "boardColumns": boardColumns
    case "hasLesions": hasLesions
    case "hasScene": hasScene
    case "sceneNote": sceneNote
    case "lesions": lesions
    case "chapters": chapters
    case "bibliography": bibliography
    case "provenance": provenance
    case "notice": notice
    default: nil
    }
  }
}

extension PageContext.FactEntry: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "factName": factName
    case "factValue": factValue
    default: nil
    }
  }
}

extension PageContext.Column: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "columnName": columnName
    case "boardParts": boardParts
    default: nil
    }
  }
}

extension PageContext.Area: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "areaName": areaName
    case "areaSections": areaSections
    default: nil
    }
  }
}

extension PageContext.LesionEntry: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "lesionAnchor": lesionAnchor
    case "lesionName": lesionName
    case "lesionPlace": lesionPlace
    case "planText": planText
    case "hasViews": hasViews
    case "remarkLines": remarkLines
    case "therapies": therapies
    case "lesionSections": lesionSections
    case "interventions": interventions
    default: nil
    }
  }
}

extension PageContext.TherapyEntry: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "therapyAnchor": therapyAnchor
    case "therapyTone": therapyTone
    case "therapySign": therapySign
    case "therapyTitle": therapyTitle
    case "verdictText": verdictText
    case "isChosen": isChosen
    case "reasonLines": reasonLines
    default: nil
    }
  }
}

extension PageContext.Part: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "partTitle": partTitle
    case "partSections": partSections
    default: nil
    }
  }
}

extension PageContext.Intervention: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "interventionAnchor": interventionAnchor
    case "interventionTitle": interventionTitle
    case "interventionPage": interventionPage
    default: nil
    }
  }
}

extension PageContext.Chapter: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "chapterAnchor": chapterAnchor
    case "chapterTitle": chapterTitle
    case "chapterLink": chapterLink
    case "chapterSections": chapterSections
    case "chapterDetail": chapterDetail
    default: nil
    }
  }
}

extension PageContext.Detail: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "detailTitle": detailTitle
    case "detailSections": detailSections
    default: nil
    }
  }
}

extension PageContext.SourceEntry: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "key": key
    case "sourceMark": sourceMark
    case "sourceText": sourceText
    default: nil
    }
  }
}
