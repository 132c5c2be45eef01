// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Report

/// How much of a report is printed beyond its page.
struct DepthArguments: ParsableArguments {
  @Flag(name: .long, help: "All reasons and figures as well, not only the page a board reads first.")
  var detail = false

  @Flag(name: .long, help: "The bibliography of what is cited as well.")
  var sources = false

  var chosen: Set<ReportSection.Depth> {
    Set((detail ? [.detail] : []) + (sources ? [.sources] : []))
  }
}
