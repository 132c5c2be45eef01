// SPDX-License-Identifier: Apache-2.0
internal import Foundation
public import Quantities

/// A question asked of a histogram, in the field's own shorthand.
public enum DoseMetric: Sendable, Hashable {
  /// `D95%`: the least dose in the hottest share of the volume, in per cent.
  case doseToPercent(Double)
  /// `D0.03cc`: the least dose in the hottest volume, in cubic centimetres.
  case doseToVolume(Double)
  /// `V20Gy`: the volume that receives at least a dose, in per cent and in cc.
  case volumeAtDose(Double)
  /// `V95%`: the volume that receives at least a share of the prescription, in per cent.
  case volumeAtPercent(Double)
  /// `CV1500cc`: the greatest dose in the coldest volume (critical volume), in Gy.
  case criticalVolumeDose(Double)
  /// `CV12.5Gy`: the volume that receives less than a dose, in cc.
  case volumeBelowDose(Double)
  /// `Dmin`.
  case minimum
  /// `Dmean`.
  case mean
  /// `Dmax`.
  case maximum
  /// `gEUD(8)`: the generalised equivalent uniform dose of an exponent (Niemierko 1997).
  case generalisedEUD(Double)
  /// `CI54Gy`: the isodose's volume over the target's (RTOG; Shaw 1993).
  case conformity(Double)
  /// `PCI54Gy`: the squared covered target volume over target volume times isodose volume (Paddick 2000).
  case paddickConformity(Double)
  /// `GI54Gy`: the volume of half the isodose over that of the isodose (Paddick and Lippitz 2006).
  case gradient(Double)

  /// Reads the shorthand; `nil` when it is none, or its number is out of range.
  ///
  /// Case does not matter; `gEUD8`, `gEUD(8)` and `gEUD(a=8)` mean the same.
  public init?(_ text: String) {
    let word = text.filter { !$0.isWhitespace }.lowercased()
    func number(after prefix: String, before suffix: String) -> Double? {
      guard word.hasPrefix(prefix), word.hasSuffix(suffix), word.count > prefix.count + suffix.count else {
        return nil
      }
      let digits = word.dropFirst(prefix.count).dropLast(suffix.count)
      guard let value = Double(digits), value.isFinite, digits.allSatisfy({ "+-.0123456789".contains($0) })
      else { return nil }
      return value
    }
    func positive(_ value: Double?) -> Double? { value.flatMap { $0 >= 0 ? $0 : nil } }
    func aboveZero(_ value: Double?) -> Double? { value.flatMap { $0 > 0 ? $0 : nil } }
    switch word {
    case "dmin", "min", "minimum": self = .minimum
    case "dmean", "mean": self = .mean
    case "dmax", "max", "maximum": self = .maximum
    default:
      if let a = number(after: "geud(a=", before: ")") ?? number(after: "geud(", before: ")")
        ?? number(after: "geud", before: "")
      {
        guard a != 0 else { return nil }
        self = .generalisedEUD(a)
      } else if let cc = positive(number(after: "cv", before: "cc")) {
        self = .criticalVolumeDose(cc)
      } else if let gray = positive(number(after: "cv", before: "gy")) {
        self = .volumeBelowDose(gray)
      } else if let gray = aboveZero(number(after: "pci", before: "gy")) {
        self = .paddickConformity(gray)
      } else if let gray = aboveZero(number(after: "ci", before: "gy")) {
        self = .conformity(gray)
      } else if let gray = aboveZero(number(after: "gi", before: "gy")) {
        self = .gradient(gray)
      } else if let percent = positive(number(after: "d", before: "%")), percent <= 100 {
        self = .doseToPercent(percent)
      } else if let cc = positive(number(after: "d", before: "cc")) {
        self = .doseToVolume(cc)
      } else if let gray = positive(number(after: "v", before: "gy")) {
        self = .volumeAtDose(gray)
      } else if let percent = positive(number(after: "v", before: "%")) {
        self = .volumeAtPercent(percent)
      } else {
        return nil
      }
    }
  }

  /// The shorthand.
  public var name: String {
    func text(_ x: Double) -> String {
      let digits = String(format: "%.6f", x)
      guard digits.contains(".") else { return digits }
      var trimmed = digits[...]
      while trimmed.hasSuffix("0") { trimmed = trimmed.dropLast() }
      if trimmed.hasSuffix(".") { trimmed = trimmed.dropLast() }
      return String(trimmed)
    }
    return switch self {
    case .doseToPercent(let x): "D\(text(x))%"
    case .doseToVolume(let x): "D\(text(x))cc"
    case .volumeAtDose(let x): "V\(text(x))Gy"
    case .volumeAtPercent(let x): "V\(text(x))%"
    case .criticalVolumeDose(let x): "CV\(text(x))cc"
    case .volumeBelowDose(let x): "CV\(text(x))Gy"
    case .minimum: "Dmin"
    case .mean: "Dmean"
    case .maximum: "Dmax"
    case .generalisedEUD(let a): "gEUD(\(text(a)))"
    case .conformity(let x): "CI\(text(x))Gy"
    case .paddickConformity(let x): "PCI\(text(x))Gy"
    case .gradient(let x): "GI\(text(x))Gy"
    }
  }

  /// Whether it cannot be answered without a prescription.
  public var needsPrescription: Bool { if case .volumeAtPercent = self { true } else { false } }

  /// What a histogram is asked when nothing is said.
  public static let standard: [DoseMetric] = [
    .minimum, .mean, .maximum, .doseToPercent(98), .doseToPercent(95), .doseToPercent(50), .doseToPercent(2),
    .doseToVolume(0.03),
  ]
}

/// The answer to a question, or what bounds it when part of the body lies outside the dose.
public struct DoseMetricValue: Sendable, Hashable {
  /// The unit of a value.
  public enum Unit: String, Sendable {
    /// Gray.
    case gray = "Gy"
    /// Per cent of the volume.
    case percent = "%"
    /// Cubic centimetres.
    case cubicCentimeters = "cc"
    /// A ratio.
    case ratio = "1"
  }

  /// The metric's shorthand.
  public let name: String
  /// The unit of the numbers below.
  public let unit: Unit
  /// The value; `nil` when it is not known.
  public let value: Double?
  /// What it cannot be less than, when it is not known.
  public let low: Double?
  /// What it cannot be more than, when it is not known; `nil` for no bound.
  public let high: Double?
  /// The value of the part of the region that lies inside the dose, when not all of it does.
  public let ofCoveredPart: Double?
  /// Why it is not known.
  public let why: String?

  init(
    _ name: String, _ unit: Unit, _ value: Double?, low: Double? = nil, high: Double? = nil,
    ofCoveredPart: Double? = nil, why: String? = nil
  ) {
    self.ofCoveredPart = value == nil ? ofCoveredPart : nil
    self.name = name
    self.unit = unit
    self.value = value
    self.low = value == nil ? low : nil
    self.high = value == nil ? high : nil
    self.why = value == nil ? why : nil
  }
}

extension DoseVolumeHistogram {
  /// The answers to one metric: one, or two where a volume is given in per cent and in cc.
  ///
  /// When part of the body lies outside the dose the value is `nil` and its bounds are given: the unknown part
  /// may have had any dose, from none upwards.
  ///
  /// - Parameters:
  ///   - metric: the question.
  ///   - grid: the dose, for the isodose volumes that conformity and gradient need.
  ///   - prescription: what `V95%` refers to; without it the value is unknown.
  public func values(
    of metric: DoseMetric, in grid: DoseGrid, prescription: AbsorbedDose? = nil
  ) -> [DoseMetricValue] {
    let name = metric.name
    switch metric {
    case .doseToPercent(let percent):
      return [dose(name, toHottest: volume.cubicMillimeters * percent / 100)]
    case .doseToVolume(let cc):
      let wanted = Volume.cubicCentimeters(cc)
      guard wanted <= volume else {
        return [DoseMetricValue(name, .gray, nil, why: "the structure is smaller than \(cc) cc")]
      }
      return [dose(name, toHottest: wanted.cubicMillimeters)]
    case .criticalVolumeDose(let cc):
      let spared = Volume.cubicCentimeters(cc)
      guard spared <= volume else {
        return [DoseMetricValue(name, .gray, nil, why: "the structure is smaller than \(cc) cc")]
      }
      return [dose(name, toHottest: (volume - spared).cubicMillimeters)]
    case .volumeAtDose(let gray): return volumes(name, atLeast: .gray(gray))
    case .volumeAtPercent(let percent):
      guard let prescription else {
        return [DoseMetricValue(name, .percent, nil, why: "no prescription was given")]
      }
      return volumes(name, atLeast: .gray(prescription.gray * percent / 100))
    case .volumeBelowDose(let gray):
      let below = (coveredVolume - volume(receivingAtLeast: .gray(gray))).cubicCentimeters
      return [
        DoseMetricValue(
          name, .cubicCentimeters, isFullyCovered ? below : nil, low: volume > .zero ? below : nil,
          high: volume > .zero ? below + outsideVolume.cubicCentimeters : nil, why: outsideWords)
      ]
    case .minimum:
      return [
        DoseMetricValue(
          name, .gray, known(minimum), high: minimum?.gray, ofCoveredPart: minimum?.gray,
          why: outsideWords)
      ]
    case .maximum:
      return [
        DoseMetricValue(
          name, .gray, known(maximum), low: maximum?.gray, ofCoveredPart: maximum?.gray,
          why: outsideWords)
      ]
    case .mean:
      // Doses below zero bound nothing.
      let least = (minimum?.gray ?? -1) >= 0 ? mean.map { $0.gray * coveredShare } : nil
      return [
        DoseMetricValue(name, .gray, known(mean), low: least, ofCoveredPart: mean?.gray, why: outsideWords)
      ]
    case .generalisedEUD(let a):
      let uniform = generalisedEUD(exponent: a)
      return [
        DoseMetricValue(name, .gray, known(uniform), ofCoveredPart: uniform?.gray, why: outsideWords)
      ]
    case .conformity, .paddickConformity, .gradient: return [index(metric, grid)]
    }
  }

  private var outsideVolume: Volume { volume - coveredVolume }
  private var outsideWords: String {
    guard volume > .zero else { return "the structure has no volume" }
    return String(format: "%.3g %% of the structure lies outside the dose", 100 * (1 - coveredShare))
  }

  private func known(_ dose: AbsorbedDose?) -> Double? { isFullyCovered ? dose?.gray : nil }

  private func dose(_ name: String, toHottest wanted: Double) -> DoseMetricValue {
    if isFullyCovered {
      // Rounding may leave the covered volume a hair smaller than the whole.
      let part = min(wanted, coveredVolume.cubicMillimeters)
      return DoseMetricValue(
        name, .gray, dose(toHottest: .cubicMillimeters(part))?.gray, why: "the structure has no volume")
    }
    // The unknown part may be the coldest, or the hottest.
    let least = dose(toHottest: .cubicMillimeters(wanted))
    let rest = wanted - outsideVolume.cubicMillimeters
    let most = rest > 0 ? dose(toHottest: .cubicMillimeters(rest)) : nil
    return DoseMetricValue(name, .gray, nil, low: least?.gray, high: most?.gray, why: outsideWords)
  }

  private func volumes(_ name: String, atLeast dose: AbsorbedDose) -> [DoseMetricValue] {
    let least = volume(receivingAtLeast: dose)
    // A dose of zero or less is received by the unknown part as well.
    let most = least + outsideVolume
    let percent = { (part: Volume) in 100 * part.cubicMillimeters / self.volume.cubicMillimeters }
    guard volume > .zero else {
      return [.percent, .cubicCentimeters].map { DoseMetricValue(name, $0, nil, why: outsideWords) }
    }
    return [
      DoseMetricValue(
        name, .percent, isFullyCovered ? percent(least) : nil, low: percent(least), high: percent(most),
        why: outsideWords),
      DoseMetricValue(
        name, .cubicCentimeters, isFullyCovered ? least.cubicCentimeters : nil, low: least.cubicCentimeters,
        high: most.cubicCentimeters, why: outsideWords),
    ]
  }

  private func index(_ metric: DoseMetric, _ grid: DoseGrid) -> DoseMetricValue {
    func unknown(_ why: String) -> DoseMetricValue { DoseMetricValue(metric.name, .ratio, nil, why: why) }
    guard isFullyCovered else { return unknown(outsideWords) }
    guard volume > .zero else { return unknown("the structure has no volume") }
    switch metric {
    case .conformity(let gray):
      guard let isodose = grid.isodoseVolume(.gray(gray)) else {
        return unknown("the isodose reaches the edge of the dose, or nodes without one")
      }
      return DoseMetricValue(metric.name, .ratio, isodose.cubicMillimeters / volume.cubicMillimeters)
    case .paddickConformity(let gray):
      guard let isodose = grid.isodoseVolume(.gray(gray)) else {
        return unknown("the isodose reaches the edge of the dose, or nodes without one")
      }
      guard isodose > .zero else { return DoseMetricValue(metric.name, .ratio, 0) }
      let covered = volume(receivingAtLeast: .gray(gray)).cubicMillimeters
      return DoseMetricValue(
        metric.name, .ratio, covered * covered / (volume.cubicMillimeters * isodose.cubicMillimeters))
    case .gradient(let gray):
      guard let half = grid.isodoseVolume(.gray(gray / 2)), let isodose = grid.isodoseVolume(.gray(gray))
      else {
        return unknown("the half isodose reaches the edge of the dose, or nodes without one")
      }
      guard isodose > .zero else { return unknown("nothing receives \(gray) Gy") }
      return DoseMetricValue(metric.name, .ratio, half.cubicMillimeters / isodose.cubicMillimeters)
    default: return unknown("no index")
    }
  }
}
