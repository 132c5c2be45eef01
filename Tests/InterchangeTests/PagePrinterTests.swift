// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Interchange

/// A stand-in for Chromium, so that what is asked of it and what becomes of its failures is seen without one.
@Suite("PDF by the machine's browser")
struct PagePrinterTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func program(_ script: String) throws -> PagePrinter {
    let path = try scratch.write("browser", "#!/bin/sh\n\(script)\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return try PagePrinter(environment: ["CHROMIUM": path])
  }

  /// Writes its last argument's file, and what it was called with, where the PDF is expected.
  private static let echo = """
    for a in "$@"; do case "$a" in --print-to-pdf=*) out="${a#--print-to-pdf=}";; file://*) page="${a#file://}";; esac; done
    { printf '%s\\n' "$@"; cat "$page"; } > "$out"
    """

  @Test("a page is printed as it is, without a network, and nothing stays behind")
  func printed() throws {
    let pdf = try program(Self.echo).pdf(Data("<p>page</p>".utf8), as: .html)
    let text = String(decoding: pdf, as: UTF8.self)
    #expect(text.hasSuffix("<p>page</p>"))
    #expect(text.contains("--headless") && text.contains("MAP * ~NOTFOUND"))
    let page = try #require(text.split(separator: "\n").first { $0.hasPrefix("file://") })
    #expect(page.hasSuffix("/page.html"))
    #expect(!FileManager.default.fileExists(atPath: String(page.dropFirst("file://".count))))
  }

  @Test("a browser that makes nothing is said to; none at all is refused with what to install")
  func failures() throws {
    let silent = try program("exit 0")
    #expect(throws: InputError.self) { try silent.pdf(Data(), as: .svg) }
    for environment in [["PATH": "/nowhere"], [:], ["CHROMIUM": "/nowhere/chromium", "PATH": "/usr/bin"]] {
      do {
        _ = try PagePrinter(environment: environment)
        Issue.record("found a browser in \(environment)")
      } catch { #expect(error.kind == .notFound && !error.advice.isEmpty) }
    }
  }
}
