internal import Anatomy
public import Cases
internal import Dosimetry
internal import Foundation
internal import Quantities

/// Doses of regions as a table for people.
public struct DoseText {
  private let measured: DoseMeasurements
  private let notice: String
  private let style: TextStyle

  /// The words of what was measured.
  public init(_ measured: DoseMeasurements, notice: String, style: TextStyle) {
    self.measured = measured
    self.notice = notice
    self.style = style
  }

  /// The text, ending in a line break.
  public var text: String {
    let dose = measured.dose
    var head = "Dose of \(dose.name) (\(dose.summation.rawValue)"
    if let fractions = dose.fractions { head += ", \(fractions) fractions" }
    if let prescription = measured.prescription {
      let told = dose.prescription.map { $0 != prescription } ?? true
      head += ", \(Figures.plain(prescription.gray)) Gy \(told ? "told as prescription" : "prescribed")"
    }
    head += "), physical dose in Gy, end cap \(measured.endCap.rawValue)"
    if let registration = dose.registration { head += "; registered: \(registration)" }
    let names =
      measured.regions.first?.values.map { "\($0.name) \($0.unit == .ratio ? "" : $0.unit.rawValue)" } ?? []
    var table = TextTable(
      ["region", "volume", "in dose"] + names.map { $0.trimmingCharacters(in: .whitespaces) })
    for region in measured.regions {
      let share = region.histogram.coveredShare
      table.rows.append(
        [
          .init(region.name, region.kind == .structure ? nil : .cyan),
          .init(Figures.volume(region.histogram.volume)),
          .init(
            // Never rounded up to the whole.
            share > 1 - 1e-6 ? "all" : share > 0.999 ? "> 99.9 %" : String(format: "%.3g %%", 100 * share),
            share > 1 - 1e-6 ? nil : .yellow),
        ] + region.values.map { .init(Self.words($0)) })
    }
    var lines = [head, "", table.text(style)]
    let whys = measured.regions.flatMap(Self.reasons)
    if !whys.isEmpty {
      lines.append("")
      lines += whys.map { "? " + $0 }
    }
    if measured.regions.contains(where: { $0.values.contains { $0.ofCoveredPart != nil } }) {
      lines.append("* of the part of the region that lies inside the dose; the whole region's is unknown")
    }
    lines += ["", wrapped(notice, indent: "")]
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line a reason, with the metrics it holds for.
  private static func reasons(_ region: RegionDose) -> [String] {
    var metrics: [(why: String, names: [String])] = []
    for value in region.values {
      guard let why = value.why else { continue }
      if let index = metrics.firstIndex(where: { $0.why == why }) {
        if !metrics[index].names.contains(value.name) { metrics[index].names.append(value.name) }
      } else {
        metrics.append((why, [value.name]))
      }
    }
    return metrics.map { "\(region.name) \($0.names.joined(separator: ", ")): \($0.why)" }
  }

  /// A value, or its bounds, or that it is unknown.
  private static func words(_ value: DoseMetricValue) -> String {
    func number(_ x: Double) -> String { String(format: abs(x) < 10 ? "%.3f" : "%.2f", x) }
    if let known = value.value { return number(known) }
    if let part = value.ofCoveredPart { return number(part) + "*" }
    switch (value.low, value.high) {
    case (let low?, let high?) where number(low) == number(high): return number(low)
    case (let low?, let high?): return "\(number(low))–\(number(high))?"
    case (let low?, nil): return "≥ \(number(low))?"
    case (nil, let high?): return "≤ \(number(high))?"
    case (nil, nil): return "unknown"
    }
  }
}
