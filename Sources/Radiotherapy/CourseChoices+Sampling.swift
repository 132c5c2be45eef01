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
  /// Points are counted in bins and put in order only within the bin that the volume ends in. A bin holds what agrees in
  /// the leading bits of a dose: the order of doses that are not negative is the order of their bits.
  private func coldest(_ cc: Double, _ doses: [Float]) -> Double? {
    guard volume / 1000 >= cc, !doses.isEmpty else { return nil }
    let shift = UInt32(18)
    var filled = [Double](repeating: 0, count: Int(Float.infinity.bitPattern >> shift) + 1)
    for index in doses.indices { filled[Int(doses[index].bitPattern >> shift)] += weights[index] }
    var left = cc * 1000
    var last = 0
    while last < filled.count - 1, filled[last] < left {
      left -= filled[last]
      last += 1
    }
    let bin = UInt32(last)
    let within = doses.indices.filter { doses[$0].bitPattern >> shift == bin }.sorted {
      doses[$0] < doses[$1]
    }
    for index in within {
      left -= weights[index]
      if left <= 0 { return Double(doses[index]) }
    }
    return doses.max().map(Double.init)
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
  /// The distance of nodes on which single regimens are held against earlier courses.
  private static let weighingSpacing = Length.millimeters(5)

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
    let choices = try CourseChoices(
      drafts, unplanned, patientCase, parameters, sex: patient.word(.sex), mostRegimens: mostRegimens)
    let earlier = try EarlierDoses(patientCase, parameters: parameters, options: options).contributions()
    guard !earlier.isEmpty else { return choices }
    return try choices.beside { lesions, schemes in
      var asked = options
      asked.lesions = lesions
      // Every regimen is looked at: the plan that is chosen is summed on finer nodes.
      asked.spacing = max(asked.spacing, Self.weighingSpacing)
      asked.sumSpacing = max(asked.sumSpacing, Self.weighingSpacing)
      asked.schemes.merge(schemes) { _, scheme in scheme }
      return try SBRTPlanner(parameters, options: asked).plan(
        patientCase, settings: settings, patient: patient)
    }
  }
}
