// SPDX-License-Identifier: Apache-2.0
/// A piece of an intervention page's text.
enum InterventionItem {
  /// A stretch of text of one weight.
  struct Run: Sendable, Hashable {
    let text: String
    var isBold = false

    init(_ text: String, bold: Bool = false) {
      self.text = text
      isBold = bold
    }
  }

  /// A paragraph.
  case words([Run])
  /// A table.
  case table(ReportTable)
}
