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
