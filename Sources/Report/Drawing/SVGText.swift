// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Text for drawings: marked up, measured, broken into lines.
///
/// Widths are Helvetica's, which Arial and Liberation Sans share; every line also states its width, so that another font
/// is drawn narrower or wider rather than over its neighbours.
enum SVGText {
  /// The fonts drawings ask for.
  static let family = "Helvetica, Arial, 'Liberation Sans', sans-serif"

  /// A stretch of text of one weight.
  struct Run: Sendable, Hashable {
    let text: String
    var isBold = false

    init(_ text: String, bold: Bool = false) {
      self.text = text
      isBold = bold
    }
  }

  /// Text for SVG: marked up scalar by scalar, control characters left out.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in PageText.visible(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _ where scalar.properties.generalCategory == .control: continue
      case _ where (0xFFFE...0xFFFF).contains(scalar.value): continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  // MARK: Width

  /// How wide a text is drawn.
  static func width(_ text: String, size: Double, bold: Bool = false) -> Double {
    let table = bold ? boldWidths : widths
    let thousandths = text.unicodeScalars.reduce(0) { sum, scalar in
      if (32...126).contains(scalar.value) { return sum + table[Int(scalar.value) - 32] }
      switch scalar.value {
      case 0xA0, 0xB7: return sum + 278
      case 0xB0: return sum + 400
      case 0xD7, 0xB1, 0x2212: return sum + 584
      case 0x2013, 0xC0...0xFF: return sum + 556
      case 0x3C3: return sum + 620
      case 0x2014, 0x2026, 0x2192: return sum + 1000
      case _ where scalar.properties.generalCategory == .control: return sum
      case _ where scalar.properties.generalCategory == .nonspacingMark: return sum
      case 0x1100...: return sum + 1000
      default: return sum + 640
      }
    }
    return Double(thousandths) / 1000 * size
  }

  static func width(_ runs: [Run], size: Double) -> Double {
    runs.reduce(0) { $0 + width($1.text, size: size, bold: $1.isBold) }
  }

  // MARK: Lines

  /// Text broken at word ends; a word wider than a line is broken inside.
  static func lines(_ runs: [Run], size: Double, width limit: Double) -> [[Run]] {
    var lines: [[Run]] = []
    var line: [Run] = []
    var used = 0.0
    func close() {
      if !line.isEmpty { lines.append(line) }
      line = []
      used = 0
    }
    func put(_ text: String, _ bold: Bool) {
      if let last = line.last, last.isBold == bold {
        line[line.count - 1] = Run(last.text + text, bold: bold)
      } else {
        line.append(Run(text, bold: bold))
      }
      used += width(text, size: size, bold: bold)
    }
    for run in runs {
      for word in words(run.text) {
        for (index, piece) in chunks(word, run.isBold, size, limit).enumerated() {
          let text = line.isEmpty || index > 0 ? piece : " " + piece
          if !line.isEmpty, used + width(text, size: size, bold: run.isBold) > limit {
            close()
            put(piece, run.isBold)
          } else {
            put(text, run.isBold)
          }
        }
      }
    }
    close()
    return lines
  }

  /// Words as they may be parted: a figure keeps its unit, and a coordinate its axis, by a space that does not break.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    for word in text.split(separator: " ").map(String.init) {
      let core = word.trimmingCharacters(in: .punctuationCharacters)
      let before = words.last?.trimmingCharacters(in: .punctuationCharacters)
      let isUnit = word.first == "%" || ["mm", "cc"].contains(core)
      if let last = words.last, let before,
        isUnit && before.last?.isNumber ?? false || ["x", "y", "z", "σ", ">", "<"].contains(before)
      {
        words[words.count - 1] = last + "\u{A0}" + word
      } else {
        words.append(word)
      }
    }
    return words
  }

  /// A word in pieces that fit a line each; nearly always one.
  private static func chunks(_ word: String, _ bold: Bool, _ size: Double, _ limit: Double) -> [String] {
    guard width(word, size: size, bold: bold) > limit else { return [word] }
    var pieces = [""]
    for character in word {
      let longer = pieces[pieces.count - 1] + String(character)
      if longer.count > 1, width(longer, size: size, bold: bold) > limit {
        pieces.append(String(character))
      } else {
        pieces[pieces.count - 1] = longer
      }
    }
    return pieces
  }

  // MARK: Elements

  /// One line of text.
  ///
  /// - Parameters:
  ///   - runs: the line.
  ///   - at: where its base line begins, is centred or ends.
  ///   - size: the font's size.
  ///   - anchor: `start`, `middle` or `end`.
  ///   - halo: whether it has a white edge, so that it can be read over outlines.
  ///   - colour: the ink.
  static func element(
    _ runs: [Run], at: SIMD2<Double>, size: Double, anchor: String = "start", halo: Bool = false,
    colour: String = "#000"
  ) -> String {
    let whole = width(runs, size: size)
    guard whole > 0 else { return "" }
    let edge =
      halo
      ? #" stroke="white" stroke-width="3" paint-order="stroke" stroke-linejoin="round""# : ""
    let isBold = runs.allSatisfy(\.isBold)
    let body =
      isBold || !runs.contains(where: \.isBold)
      ? runs.map { escaped($0.text) }.joined()
      : runs.map {
        $0.isBold ? #"<tspan font-weight="bold">\#(escaped($0.text))</tspan>"# : escaped($0.text)
      }.joined()
    return
      #"<text x="\#(f(at.x))" y="\#(f(at.y))" font-size="\#(f(size))"\#(isBold ? #" font-weight="bold""# : "") text-anchor="\#(anchor)" fill="\#(colour)"\#(edge) textLength="\#(f(whole))" lengthAdjust="spacingAndGlyphs" xml:space="preserve">\#(body)</text>"#
  }

  /// One line of one weight.
  static func element(
    _ text: String, at: SIMD2<Double>, size: Double, bold: Bool = false, anchor: String = "start",
    halo: Bool = false, colour: String = "#000"
  ) -> String {
    element([Run(text, bold: bold)], at: at, size: size, anchor: anchor, halo: halo, colour: colour)
  }

  private static func f(_ x: Double) -> String { Figures.number(x, digits: 1) }

  /// Helvetica's advance widths from the space to the tilde, in thousandths of its size.
  private static let widths = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]

  /// The same of Helvetica Bold.
  private static let boldWidths = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
    556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584,
    556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
    333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
  ]
}
