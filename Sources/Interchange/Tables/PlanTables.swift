// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Evidence
public import Foundation
public import Planning
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Report
internal import Resection
internal import Vocabulary

/// Plans as CSV (RFC 4180, UTF-8, CRLF).
public enum PlanTables {
  /// The table of whatever plan the dossier holds; empty without one.
  public static func plan(_ dossier: Dossier) -> Data {
    switch dossier.plan?.content {
    case .irradiation: sbrt(dossier)
    case .ablation: ablation(dossier)
    case .resection: resection(dossier)
    case .patient: patient(dossier)
    case nil: Data()
    }
  }

  /// One row an organ's metric or limit of a planned SBRT course: the lesions' neighbours first, then the course.
  ///
  /// A header alone when the dossier holds no plan.
  static func sbrt(_ dossier: Dossier) -> Data {
    var rows = [
      [
        "patient_id", "lesion", "scheme", "organ", "what", "set", "level", "expected", "low", "high", "unit",
        "limit",
        "fractions", "outcome", "mark", "sources",
      ]
    ]
    guard let plan = dossier.sbrtPlan else { return DossierTables.csv(rows) }
    let patient = dossier.patientCase.patientID ?? ""
    for proposal in plan.proposals {
      for neighbour in proposal.neighbours {
        rows += neighbour.checks.map {
          row(patient, proposal.lesion, proposal.scheme.id, neighbour.organ, $0)
        }
      }
    }
    let schemes = Array(Set(plan.proposals.map(\.scheme.id))).sorted().joined(separator: " ")
    for organ in plan.organs {
      for metric in organ.metrics {
        rows.append([
          patient, "", schemes, organ.organ.rawValue, metric.name, "", "", text(metric.value.expected),
          text(metric.value.low), text(metric.value.high), metric.unit.rawValue, "", String(plan.fractions),
          "", "",
          "",
        ])
      }
      rows += organ.checks.map { row(patient, "", schemes, organ.organ, $0) }
    }
    for organ in plan.cumulative {
      // The courses stand where limits have their set.
      func row(_ what: String, _ courses: [String], _ band: DoseBand) -> [String] {
        [
          patient, "", schemes, organ.organ.rawValue, "\(organ.metric) EQD2 \(what)",
          courses.joined(separator: " + "), "", text(band.expected), text(band.low), text(band.high),
          "Gy EQD2", "",
          "", "", "", "",
        ]
      }
      rows += [
        row("earlier", organ.courses, organ.earlier), row("added", ["planned"], organ.added),
        row("sum", organ.courses + ["planned"], organ.sum),
      ]
      rows += organ.checks.map { check in
        [
          patient, "", schemes, organ.organ.rawValue, "\(check.limit.endpoint?.name ?? "") cumulative",
          check.limit.set,
          check.limit.isConsensus ? "consensus" : "no consensus", text(check.value.expected),
          text(check.value.low),
          text(check.value.high), check.limit.isPercent ? "percent" : "Gy EQD2",
          text(check.limit.bounds?.high), "",
          check.outcome.rawValue, "", check.limit.sources.joined(separator: " "),
        ]
      }
    }
    return DossierTables.csv(rows)
  }

  private static func row(
    _ patient: String, _ lesion: String, _ scheme: String, _ organ: OrganAtRisk, _ check: LimitCheck
  ) -> [String] {
    let limit = check.limit
    return [
      patient, lesion, scheme, organ.rawValue, limit.endpoint.name + (limit.sex.map { " (\($0))" } ?? ""),
      limit.set, limit.level.rawValue, text(check.value?.expected), text(check.value?.low),
      text(check.value?.high),
      limit.unit == .percentOfPrescription ? "Gy" : limit.unit.rawValue, text(check.bound),
      String(check.fractions), check.outcome.rawValue, limit.mark.rawValue,
      limit.sources.joined(separator: " "),
    ]
  }

  private static func text(_ value: Double?) -> String { value.map { String(format: "%.5g", $0) } ?? "" }

  /// One row a lesion and energy of a planned ablation: zone, margin, way.
  ///
  /// A header alone when the dossier holds no plan of ablation.
  static func ablation(_ dossier: Dossier) -> Data {
    var rows = [
      [
        "patient_id", "lesion", "energy", "device", "setting", "zones", "zone_long_mm", "zone_short_mm",
        "standing", "least_margin_mm", "at_5mm_percent", "at_10mm_percent", "probability_of_hard_margin",
        "healthy_cc", "lung_cc", "path", "position", "entry_x_mm", "entry_y_mm", "entry_z_mm", "tip_x_mm",
        "tip_y_mm", "tip_z_mm", "depth_mm", "aerated_lung_mm", "pleural_punctures", "fissures", "vessels",
        "candidates", "feasible", "why",
      ]
    ]
    let patient = dossier.patientCase.patientID ?? ""
    for lesion in dossier.ablationPlan?.lesions ?? [] {
      if let why = lesion.why {
        rows.append(
          [patient, lesion.lesion] + [String](repeating: "", count: rows[0].count - 3)
            + [ReasonWords.text(why)])
      }
      rows += lesion.proposals.map { row(patient, $0) }
    }
    return DossierTables.csv(rows)
  }

  private static func row(_ patient: String, _ proposal: AblationProposal) -> [String] {
    let coverage = proposal.coverage
    let path = proposal.applicators.first?.path
    func place(_ p: SIMD3<Double>?) -> [String] { [text(p?.x), text(p?.y), text(p?.z)] }
    let start: [String] = [
      patient, proposal.lesion, proposal.energy.rawValue, proposal.zone.device.id, proposal.zone.setting.id,
      String(proposal.zones.count), text(proposal.zone.along.millimeters * 2),
      text(proposal.zone.across.millimeters * 2), proposal.standing.rawValue,
      text(coverage.map.minimum.millimeters), text(coverage.at5Percent), text(coverage.at10Percent),
      text(coverage.marginProbability), text(coverage.healthy.cubicCentimeters),
      text(coverage.lung?.cubicCentimeters),
      path == nil ? "none" : (proposal.search.isNear ? "near" : "clear"),
      path?.positions.first?.rawValue ?? "",
    ]
    return start + place(path?.entry) + place(path?.tip)
      + [
        text(path?.depth.millimeters), text(path?.aeratedLung.millimeters),
        path.map { String($0.pleuralPunctures) } ?? "", path?.fissures.joined(separator: " ") ?? "",
        path?.vessels.joined(separator: " ") ?? "", String(proposal.search.tried),
        String(proposal.search.feasible), "",
      ]
  }

  /// One row a lesion of a planned resection.
  ///
  /// A header alone when the dossier holds no plan of resection.
  static func resection(_ dossier: Dossier) -> Data {
    var rows = [
      [
        "patient_id", "lesion", "site", "side", "lobe", "basis", "diameter_mm", "nearest_pleura_mm",
        "deepest_mm",
        "zone_ratio", "technique", "with_lobe", "margin_mm", "wedge_cc", "technique_where_deeper",
        "localisation",
        "taken_with",
        "ppo_fev1_percent", "ppo_fev1_percent_worst", "ppo_dlco_percent", "ppo_dlco_percent_worst", "why",
      ]
    ]
    let patient = dossier.patientCase.patientID ?? ""
    guard let plan = dossier.resectionPlan else { return DossierTables.csv(rows) }
    for entry in plan.lesions {
      guard let proposal = entry.proposal else {
        rows.append(
          [patient, entry.lesion, entry.site?.rawValue ?? ""]
            + [String](repeating: "", count: rows[0].count - 4)
            + [entry.why.map(ReasonWords.text) ?? ""])
        continue
      }
      let home = plan.lobes.first { $0.lesions.contains(entry.lesion) }
      let piece = home?.pieces.first { $0.lesions.contains(entry.lesion) }
      let stage = plan.stages.first { $0.sides == [proposal.side].compactMap(\.self) }
      rows.append([
        patient, entry.lesion, entry.site?.rawValue ?? "", proposal.side?.rawValue ?? "",
        proposal.lobe?.abbreviation ?? "", proposal.basis.rawValue, text(proposal.diameter.millimeters),
        text(proposal.nearestPleura.millimeters), text(proposal.deepest?.millimeters),
        text(proposal.zoneRatio),
        proposal.choice.word, home?.isWhole == true ? "yes" : "no",
        text(proposal.standard.margin.millimeters),
        text(proposal.standard.wedge?.cubicCentimeters), proposal.standard.permissive.word,
        proposal.localisation?.answer.rawValue ?? "",
        (piece?.lesions ?? []).filter { $0 != entry.lesion }.joined(separator: " "),
        text(stage?.fev1.expected), text(stage?.fev1.worst), text(stage?.dlco.expected),
        text(stage?.dlco.worst), "",
      ])
    }
    return DossierTables.csv(rows)
  }
}
