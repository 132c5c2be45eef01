// SPDX-License-Identifier: Apache-2.0
import Foundation
import Interchange

/// How far long work is, on a standard error that is a terminal: one line that is written over, twice a second at most.
struct Progress {
  private let start = Date()
  private var last = Date()
  private var isShown = false
  private let isTerminal = isatty(STDERR_FILENO) == 1

  /// Shows what is done and at which rate.
  ///
  /// - Parameters:
  ///   - words: what is done so far.
  ///   - count: of so many things.
  ///   - all: how many there will be; `nil` where it is not known.
  mutating func show(_ words: String, after count: Int, of all: Int? = nil) {
    guard isTerminal, -last.timeIntervalSinceNow > 0.5 else { return }
    last = Date()
    isShown = true
    let rate = Double(count) / max(0.001, -start.timeIntervalSinceNow)
    let left = all.map { ", \(Int((Double($0 - count) / max(rate, 0.001)).rounded())) s left" } ?? ""
    write("\r\u{1B}[K\(words), \(Int(rate.rounded())) a second\(left)")
  }

  /// Clears the line.
  mutating func end() {
    if isShown { write("\r\u{1B}[K") }
    isShown = false
  }

  /// A standard error that is full or closed is no reason to stop.
  private func write(_ text: String) { _ = FileAccess.write(Data(text.utf8), toStream: STDERR_FILENO) }
}
