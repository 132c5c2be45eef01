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

extension LineContext.Citation: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "key": key
    default: nil
    }
  }
}

extension TableContext: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "tableTitle": tableTitle
    case "heads": heads
    case "tableRows": tableRows
    case "tableLegend": tableLegend
    default: nil
    }
  }
}

extension TableContext.Head: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "headTitle": headTitle
    default: nil
    }
  }
}

extension AnswerContext: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "answerLabel": answerLabel
    case "answerLines": answerLines
    default: nil
    }
  }
}

extension FigureContext: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "figureKind": figureKind
    case "figureTitle": figureTitle
    case "figureDrawing": figureDrawing
    case "figureNote": figureNote
    case "figureTable": figureTable
    default: nil
    }
  }
}

extension BlockContext.ListContext: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "lines": lines
    default: nil
    }
  }
}

extension BlockContext.AnswersContext: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "answers": answers
    default: nil
    }
  }
}

extension SectionContext: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "sectionAnchor": sectionAnchor
    case "sectionHeading": sectionHeading
    case "headingElement": headingElement
    case "sectionBlocks": sectionBlocks
    default: nil
    }
  }
}

extension MatrixContext: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "matrixColumns": matrixColumns
    case "matrixRows": matrixRows
    case "matrixLegend": matrixLegend
    case "hasPlan": hasPlan
    default: nil
    }
  }
}

extension MatrixContext.Column: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "columnTitle": columnTitle
    default: nil
    }
  }
}

extension MatrixContext.Row: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "rowNumber": rowNumber
    case "lesionName": lesionName
    case "lesionAnchor": lesionAnchor
    case "sizeKey": sizeKey
    case "placeLines": placeLines
    case "matrixCells": matrixCells
    case "planText": planText
    case "planTone": planTone
    case "planVerdict": planVerdict
    case "planLeading": planLeading
    case "planPlace": planPlace
    case "planValue": planValue
    case "rowNote": rowNote
    default: nil
    }
  }
}

extension MatrixContext.Cell: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "cellTone": cellTone
    case "cellSign": cellSign
    case "verdictWord": verdictWord
    case "scoreText": scoreText
    case "scorePlace": scorePlace
    case "scoreValue": scoreValue
    case "cellLesion": cellLesion
    case "cellModality": cellModality
    case "sortKey": sortKey
    case "isProvided": isProvided
    case "isLeading": isLeading
    case "isChosen": isChosen
    case "isJudged": isJudged
    case "unjudged": unjudged
    case "leadingText": leadingText
    case "panel": panel
    default: nil
    }
  }
}
