internal import Vocabulary

/// The values a fact may have as far as is known.
enum FactSpan {
  case point(FactValue.Point)
  /// Both ends included.
  case numbers(Double, Double)
  case bounds(Bounds)
  case words([String])
  case all(FactKind)

  /// The bands of a rule that some value of the span lies in.
  func bands(of rule: Rule) -> [Band] {
    rule.bands.filter { band in
      switch (self, band.match) {
      case (.point(let point), _): band.matches(point)
      case (.all, _): true
      case (.words(let mine), .words(let words)): words.contains(where: mine.contains)
      case (.numbers(let low, let high), .numbers(let bounds)):
        Self.overlaps(
          bounds, Bounds(lower: low, includesLower: true, upper: high, includesUpper: true))
      case (.bounds(let mine), .numbers(let bounds)): Self.overlaps(bounds, mine)
      default: false
      }
    }
  }

  /// The lowest and highest worth over the span, ends of ramps clipped to it.
  func desirability(of rule: Rule, domain: ClosedRange<Double>) -> ClosedRange<Double> {
    var low = Double.infinity
    var high = -Double.infinity
    for band in bands(of: rule) {
      for value in ends(in: band, domain: domain) {
        let d = band.worth(of: value, domain: domain)
        low = min(low, d)
        high = max(high, d)
      }
    }
    return low <= high ? low...high : 1...1
  }

  /// The values at which a linear desirability has its extremes within a band.
  private func ends(in band: Band, domain: ClosedRange<Double>) -> [FactValue.Point] {
    guard case .numbers(let bounds) = band.match else {
      if case .words(let words) = band.match { return words.prefix(1).map { .word($0) } }
      return []
    }
    var low = bounds.lower ?? domain.lowerBound
    var high = bounds.upper ?? domain.upperBound
    switch self {
    case .point(let point): return [point]
    case .numbers(let a, let b):
      low = max(low, a)
      high = min(high, b)
    case .bounds(let mine):
      low = max(low, mine.lower ?? low)
      high = min(high, mine.upper ?? high)
    default: break
    }
    return [.number(low), .number(high)]
  }

  static func overlaps(_ a: Bounds, _ b: Bounds) -> Bool {
    func below(_ upper: Double?, _ included: Bool, _ lower: Double?, _ includedLower: Bool) -> Bool {
      guard let upper, let lower else { return false }
      return upper < lower || (upper == lower && !(included && includedLower))
    }
    return !below(a.upper, a.includesUpper, b.lower, b.includesLower)
      && !below(b.upper, b.includesUpper, a.lower, a.includesLower)
  }
}

extension FactDefinition {
  /// The plausible domain of a number; 0…0 for words.
  var domain: ClosedRange<Double> {
    if case .number(_, let domain) = kind { domain } else { 0...0 }
  }
}

extension Fact {
  /// The fact's name as words: "longest axial diameter", "clearance to heart".
  public var title: String {
    if name.hasPrefix("clearance("), let role = StructureRole(rawValue: String(name.dropFirst(10).dropLast()))
    {
      return "distance to \(role.title)"
    }
    if name.hasPrefix("sbrtDose("), let organ = OrganAtRisk(rawValue: String(name.dropFirst(9).dropLast())) {
      return "SBRT dose to the \(organ.title)"
    }
    switch name {
    case "inr": return "INR"
    case "ecog": return "ECOG"
    case "asa": return "ASA class"
    case "fev1": return "FEV1"
    case "dlco": return "DLCO"
    case "ast": return "AST"
    case "ldh": return "LDH"
    case "germline": return "germline TP53 or NF1 variant"
    case "endobronchial": return "endobronchial growth"
    case "consent": return "consent to surgery and intervention"
    case "centralityRTOG": return "centrality (RTOG)"
    case "centralityIASLC": return "centrality (IASLC)"
    case "centralityHILUS": return "centrality (HILUS)"
    case "earlierDoseHere": return "earlier dose at the lesion (EQD2, α/β 3)"
    case "sbrtLungV20": return "lung V20 of a planned SBRT"
    case "sbrtMeanLungDose": return "mean lung dose of a planned SBRT"
    case "sbrtLungLimits": return "lung limits against a planned SBRT"
    case "sbrtLiverLimits": return "liver limits against a planned SBRT"
    case "sbrtTargetVolume": return "planning target volume"
    case "sbrtCumulative": return "cumulative limits against a planned SBRT"
    case "fev1Volume": return "FEV1 in litres"
    case "ppoFEV1": return "predicted postoperative FEV1"
    case "ppoDLCO": return "predicted postoperative DLCO"
    case "vo2Peak": return "peak oxygen uptake"
    case "vo2PeakPercent": return "peak oxygen uptake in per cent of predicted"
    case "mrcDyspnoea": return "MRC dyspnoea class"
    case "thoracoscoreComorbidities": return "comorbidities that Thoracoscore counts"
    case "irlmGroup": return "IRLM group"
    case "perfusionRight": return "perfusion of the right lung"
    case "spineMRI": return "spine MRI"
    case "brainMRI": return "brain MRI"
    default: break
    }
    return spacedWords(name)
  }
}

/// A name in camel case as words ("longestAxialDiameter" becomes "longest axial diameter"), a histology by its
/// title.
public func spacedWords(_ name: String) -> String {
  if let histology = Histology(rawValue: name) { return histology.title }
  var words = ""
  for character in name {
    if character.isUppercase, words.last?.isUppercase != true, !words.isEmpty { words.append(" ") }
    words.append(words.isEmpty || !character.isUppercase ? String(character) : character.lowercased())
  }
  return words
}
