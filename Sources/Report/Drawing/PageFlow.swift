// SPDX-License-Identifier: Apache-2.0
/// A piece of a page's text.
struct PageItem {
  /// A cell of a table's row, so far from the column's edge where letters have size 10.
  struct Cell {
    let text: String
    let at: Double
    let isBold: Bool
    let isRight: Bool

    init(_ text: String, at: Double, bold: Bool = false, isRight: Bool = false) {
      self.text = text
      self.at = at
      isBold = bold
      self.isRight = isRight
    }
  }

  private(set) var runs: [SVGText.Run] = []
  private(set) var cells: [Cell] = []
  private(set) var indent = 0.0
  private(set) var bullet = ""
  private(set) var isHeading = false
  /// Whether it begins the next column.
  var beginsColumn = false

  /// A paragraph, its later lines indented like its first.
  static func words(_ runs: [SVGText.Run], indent: Double = 0, bullet: String = "") -> PageItem {
    var item = PageItem()
    item.runs = runs
    item.indent = indent
    item.bullet = bullet
    return item
  }

  /// A row of a table.
  static func row(_ cells: [Cell]) -> PageItem {
    var item = PageItem()
    item.cells = cells
    return item
  }

  /// A heading; never the last thing in a column.
  static func heading(_ title: String) -> PageItem {
    var item = PageItem()
    item.runs = [SVGText.Run(title, bold: true)]
    item.isHeading = true
    return item
  }
}

/// Columns of text beside one another, filled from left to right.
struct PageFlow {
  /// The left edge of each column.
  let columns: [Double]
  let width: Double
  let top: Double
  let bottom: Double
  /// The size of its text.
  let size: Double

  private var leading: Double { size * 1.24 }

  /// The elements of items set one after another; `nil` when they have no room.
  func elements(_ items: [PageItem]) -> [String]? {
    var parts: [String] = []
    var column = 0
    var y = top
    for (index, item) in items.enumerated() {
      let lines = lines(of: item)
      var needed = height(item, lines.count, atTop: y == top)
      if item.isHeading, index + 1 < items.count {
        needed += Double(self.lines(of: items[index + 1]).count) * leading + 4
      }
      if y + needed > bottom || (item.beginsColumn && y > top) {
        column += 1
        y = top
      }
      guard column < columns.count, y + height(item, lines.count, atTop: y == top) <= bottom else {
        return nil
      }
      if item.isHeading, y > top { y += leading * 0.45 }
      parts += draw(item, lines, SIMD2(columns[column], y))
      y += Double(lines.count) * leading + (item.isHeading ? 2 : 1)
    }
    return parts
  }

  private func height(_ item: PageItem, _ lines: Int, atTop: Bool) -> Double {
    Double(lines) * leading + (item.isHeading ? (atTop ? 0 : leading * 0.45) + 2 : 1)
  }

  private func inset(_ item: PageItem) -> Double { item.indent + (item.bullet.isEmpty ? 0 : size) }

  private func lines(of item: PageItem) -> [[SVGText.Run]] {
    item.cells.isEmpty
      ? SVGText.lines(item.runs, size: item.isHeading ? size + 1.5 : size, width: width - inset(item)) : [[]]
  }

  private func draw(_ item: PageItem, _ lines: [[SVGText.Run]], _ at: SIMD2<Double>) -> [String] {
    let base = at.y + size
    if !item.cells.isEmpty {
      // Wider cells would leave the column.
      let letters = min(size, 11)
      return item.cells.map { cell in
        SVGText.element(
          cell.text, at: SIMD2(at.x + cell.at * letters / 10, base), size: letters, bold: cell.isBold,
          anchor: cell.isRight ? "end" : "start")
      }
    }
    var parts = lines.enumerated().map { index, line in
      SVGText.element(
        line, at: SIMD2(at.x + inset(item), base + Double(index) * leading),
        size: item.isHeading ? size + 1.5 : size)
    }
    if !item.bullet.isEmpty {
      parts.append(SVGText.element(item.bullet, at: SIMD2(at.x + item.indent, base), size: size))
    }
    if item.isHeading {
      let y = base + 3
      parts.append(SVGShape.line(SIMD2(at.x, y), SIMD2(at.x + width, y), .init(width: 0.7)))
    }
    return parts
  }
}
