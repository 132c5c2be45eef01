// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A table of a Markdown page with its heading and notes.
struct MarkdownTable {
  let title: String
  let header: [String]
  var rows: [[String]] = []
  var notes: [String] = []

  var text: String {
    let lines = [header, header.map { _ in "---" }] + rows
    var out = "## \(title)\n\n"
    for line in lines { out += "| " + line.joined(separator: " | ") + " |\n" }
    if !notes.isEmpty { out += "\n" + notes.map { "- \($0)\n" }.joined() }
    return out
  }
}

/// A number with so many decimals; a true minus and no negative zero.
func number(_ value: Double, _ digits: Int = 2, signed: Bool = false) -> String {
  var text = String(format: signed ? "%+.\(digits)f" : "%.\(digits)f", value)
  if Double(text) == 0 { text = String(format: "%.\(digits)f", 0.0) }
  return text.replacingOccurrences(of: "-", with: "−")
}

/// Least to greatest, with signs.
func range(_ range: ClosedRange<Double>, _ digits: Int = 2) -> String {
  "\(number(range.lowerBound, digits, signed: true))…\(number(range.upperBound, digits, signed: true))"
}

/// Whether a gate is met, in a word.
func verdict(_ met: Bool) -> String { met ? "met" : "**missed**" }
