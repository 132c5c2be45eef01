// SPDX-License-Identifier: Apache-2.0
internal import Mustache

// Contexts that a page has by the thousand answer for their names themselves: reflection of them was half of a page's time.
// `PageTextTests` holds each answer against the fields.

extension LineContext: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "element": element
    case "anchor": anchor
    case "text": text
    case "tone": tone
    case "sign": sign
    case "signWord": signWord
    case "citations": citations
    default: nil
    }
  }
}

extension CellContext: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "cellTone": cellTone
    case "cellLines": cellLines
    case "cellPlace": cellPlace
    case "cellValue": cellValue
    default: nil
    }
  }
}

extension TableContext.Row: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "rowHead": rowHead
    case "rowCells": rowCells
    default: nil
    }
  }
}

extension BlockContext: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "paragraph": paragraph
    case "listLines": listLines
    case "answerList": answerList
    case "plainTable": plainTable
    case "verdictMatrix": verdictMatrix
    case "drawnFigure": drawnFigure
    default: nil
    }
  }
}

extension InterventionContext: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "words": words
    case "pageHeading": pageHeading
    case "blockHeading": blockHeading
    case "pageTitle": pageTitle
    case "whose": whose
    case "zoneWords": zoneWords
    case "basis": basis
    case "verdictRuns": verdictRuns
    case "figures": figures
    case "noPath": noPath
    case "key": key
    case "blocks": blocks
    case "boxes": boxes
    case "pageNotice": pageNotice
    default: nil
    }
  }
}

extension InterventionContext.Run: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "runText": runText
    case "isBold": isBold
    default: nil
    }
  }
}

extension InterventionContext.Item: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "runs": runs
    case "itemTable": itemTable
    default: nil
    }
  }
}
