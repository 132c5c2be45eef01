// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// An HTML file of its own: style, script and data within it, and a policy that lets no request leave it.
struct PageFile {
  let title: String
  let language: String
  let style: String
  let script: String
  /// Markup, with every name in it made harmless.
  let body: String
  /// Scripts of data, each of them JSON.
  let data: String

  /// The file's text.
  ///
  /// - Parameter digest: SHA-256 in base64, by which the page allows its own style and script and nothing else.
  func html(digest: (Data) -> String) -> String {
    """
    <!doctype html>
    <html lang="\(PageText.escaped(language))">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(policy(digest))">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>\(PageText.escaped(title))</title>
    <style>\(style)</style>
    </head>
    <body>
    \(body)
    \(data)<script>\(script)</script>
    </body>
    </html>

    """
  }

  /// Nothing is loaded or sent, and of styles and scripts only those of this build run.
  private func policy(_ digest: (Data) -> String) -> String {
    func hash(_ text: String) -> String { "'sha256-\(digest(Data(text.utf8)))'" }
    return
      "default-src 'none'; style-src \(hash(style)); script-src \(hash(script)); base-uri 'none'; form-action 'none'"
  }
}
