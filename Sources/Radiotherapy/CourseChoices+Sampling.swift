public import Cases
internal import Dosimetry
public import Eligibility
internal import Quantities
internal import Vocabulary

extension SampledOrgan {
  /// A metric of doses at the points; `nil` for one that points cannot answer.
  func value(of metric: DoseMetric, _ doses: [Float]) -> Double? {
    switch metric {
    case .mean: mean(doses)
    case .volumeAtDose(let gray): percent(doses, atLeast: Float(gray))
    case .criticalVolumeDose(let cc): coldest(cc, doses)
    default: nil
    }
  }

  /// The greatest dose in the coldest volume; `nil` for an organ smaller than that.
  ///
  /// Points are counted in bins, narrower where doses are low and points many, and put in order only within the bin that
  /// the volume ends in.
  private func coldest(_ cc: Double, _ doses: [Float]) -> Double? {
    guard volume / 1000 >= cc, let most = doses.max() else { return nil }
    guard most > 0 else { return 0 }
    let count = 2048
    let scale = Float(count) / most.squareRoot()
    func bin(_ dose: Float) -> Int { min(count - 1, Int(dose.squareRoot() * scale)) }
    var filled = [Double](repeating: 0, count: count)
    for index in doses.indices { filled[bin(doses[index])] += weights[index] }
    var left = cc * 1000
    var last = 0
    while last < count - 1, filled[last] < left {
      left -= filled[last]
      last += 1
    }
    let within = doses.indices.filter { bin(doses[$0]) == last }.sorted { doses[$0] < doses[$1] }
    for index in within {
      left -= weights[index]
      if left <= 0 { return Double(doses[index]) }
    }
    return within.last.map { Double(doses[$0]) }
  }

  /// The mean dose of one target, in gray.
  func mean(ofTarget target: Int) -> DoseBand {
    let values = (0..<3).map { mean(targets[target].doses[$0]) }
    return DoseBand(expected: values[0], low: values[1], high: values[2])
  }
}

extension PrescriptionChoice {
  /// The choice itself, then the permitted schemes of other fraction counts, in the protocol's order.
  func permitted(most: Int) -> [PrescriptionChoice] {
    guard let first = scheme else { return [] }
    var counts: Set<Int> = [first.fractionation.fractions]
    var all = [self]
    // What the user fixed has no alternative.
    guard override == nil else { return all }
    for candidate in candidates
    where all.count < most && candidate.standing == .permitted
      && counts.insert(candidate.scheme.fractionation.fractions).inserted
    {
      all.append(choosing(candidate.scheme, because: "another permitted fraction count"))
    }
    return all
  }
}

extension SBRTPlanner {
  /// The lesions' targets and permitted prescriptions, to choose sets of them.
  ///
  /// - Parameter mostRegimens: how many prescriptions of one target are offered, 1 or more.
  /// - Throws: as `plan` does.
  public func choices(
    _ patientCase: PatientCase, settings: [String: LesionSetting], patient: FactTable, mostRegimens: Int
  ) throws -> CourseChoices {
    let (drafts, unplanned) = try DraftMaker(
      parameters: parameters, options: options, patientCase: patientCase, settings: settings
    ).drafts()
    return try CourseChoices(
      drafts, unplanned, patientCase, parameters, sex: patient.word(.sex), mostRegimens: mostRegimens)
  }
}
