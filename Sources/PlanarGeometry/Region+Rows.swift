// SPDX-License-Identifier: Apache-2.0
extension Region {
  /// Where the region's edges cross evenly spaced lines of constant y, for each line the x in growing order.
  ///
  /// Even-odd: between the first and the second crossing of a line is inside, and so on in pairs. An edge holds its
  /// lower end and not its upper one, so that a corner on a line counts once.
  ///
  /// - Parameters:
  ///   - rows: the lines wanted, by number.
  ///   - origin: the y of line 0.
  ///   - spacing: from line to line, above zero.
  public func crossings(ofRows rows: ClosedRange<Int>, origin: Double, spacing: Double) -> [[Double]] {
    var found = [[Double]](repeating: [], count: rows.count)
    for ring in rings {
      var a = ring.points[ring.points.count - 1]
      for b in ring.points {
        let (p, q) = a.y < b.y ? (a, b) : (b, a)
        a = b
        guard p.y < q.y else { continue }
        var row = max(rows.lowerBound, Int(((p.y - origin) / spacing).rounded(.down)))
        while row <= rows.upperBound {
          let y = origin + spacing * Double(row)
          guard y < q.y else { break }
          if y >= p.y { found[row - rows.lowerBound].append(p.x + (q.x - p.x) * (y - p.y) / (q.y - p.y)) }
          row += 1
        }
      }
    }
    for index in found.indices { found[index].sort() }
    return found
  }
}
