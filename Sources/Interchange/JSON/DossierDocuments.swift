// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Evidence
internal import Facts
public import Foundation
public import Planning
internal import Quantities
internal import Vocabulary

/// What every answer says of its origin.
struct ProvenanceEntry: Codable {
  struct ProtocolEntry: Codable {
    let id: String
    let version: String
    let sha256: String
    /// What it extends; absent for a protocol that stands by itself.
    let extends: Extended?
  }
  struct Extended: Codable {
    let id: String
    let version: String
    let sha256: String
  }
  let tool: String
  let notice: String
  let caseSHA256: String
  let careProtocol: ProtocolEntry?
  let inputs: [CaseDocument.Provenance.Input]
  /// Of a plan: the options in force, defaults included.
  let options: [String: [String]]?
  /// Of a plan: to which day intervals were counted, and where that comes from; the day is absent where it is unknown.
  let referenceDay: String?
  let referenceDayFrom: String?
  /// Of a plan: the user's own table of devices.
  let devices: CaseDocument.Provenance.Input?
  /// Of an assessment: the plans it rests on.
  let plans: [PlanEntry]?

  struct PlanEntry: Codable {
    let name: String
    let sha256: String
    let devices: CaseDocument.Provenance.Input?
  }

  private enum CodingKeys: String, CodingKey {
    case tool, notice, caseSHA256, inputs, options, referenceDay, referenceDayFrom, devices, plans
    case careProtocol = "protocol"
  }

  init(_ dossier: Dossier, tool: String, withProtocol: Bool) {
    self.tool = tool
    notice = Notice.text
    caseSHA256 = dossier.caseHash
    careProtocol =
      withProtocol
      ? ProtocolEntry(
        id: dossier.careProtocol.id, version: dossier.careProtocol.version,
        sha256: dossier.careProtocol.sha256,
        extends: dossier.careProtocol.extends.map {
          Extended(id: $0.id, version: $0.version, sha256: $0.sha256)
        }) : nil
    inputs = dossier.patientCase.inputs.map { .init(name: $0.name, sha256: $0.sha256) }
    let request = dossier.request
    options = request.map { request in
      Dictionary(request.settings.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    }
    referenceDay = request?.day.day
    referenceDayFrom = request.map {
      switch $0.day {
      case .given: "given"
      case .newestScan: "newestScan"
      case .unknown: "unknown"
      }
    }
    devices = request?.devices.map { .init(name: $0.name, sha256: $0.sha256) }
    plans =
      dossier.plans.isEmpty
      ? nil
      : dossier.plans.map { plan in
        PlanEntry(
          name: plan.name, sha256: plan.sha256,
          devices: plan.devices.map { .init(name: $0.name, sha256: $0.sha256) })
      }
  }
}

/// `measure --format json`: schema `oligoplan.measurements/1`.
struct MeasurementsDocument: Codable {
  let schema: String
  let provenance: ProvenanceEntry
  let warnings: [String]
  let patientID: String?
  let lesions: [LesionEntry]
  let structures: [StructureEntry]

  struct LesionEntry: Codable {
    let id: String
    let sourceName: String
    let site: String?
    let lobe: String?
    let side: String?
    let basis: String
    let endCap: String?
    let longestAxialDiameterMM: Double?
    let longestAxialDiameterRangeMM: [Double]?
    let shortAxisMM: Double?
    let greatestDiameterMM: Double?
    let volumeCC: Double?
    let equivalentSphereDiameterMM: Double?
    let centroidMM: [Double]?
    let depthFromPleuraMM: Double?
    let depthOfInnerEdgeMM: Double?
    let clearances: [ClearanceEntry]
  }

  struct ClearanceEntry: Codable {
    let structure: String
    let sourceName: String
    let role: String
    let derived: Bool
    let distanceMM: Double
    let overlapCC: Double
    let fromMM: [Double]
    let toMM: [Double]
  }

  struct StructureEntry: Codable {
    let name: String
    let sourceName: String
    let role: String
    let volumeCC: Double
    let planes: Int
    let endCap: String
    let derived: Bool
    let derivation: String?
    let warnings: [String]
  }

  static let schemaName = "oligoplan.measurements/1"

  init(_ dossier: Dossier, tool: String) {
    schema = Self.schemaName
    provenance = ProvenanceEntry(dossier, tool: tool, withProtocol: false)
    warnings = dossier.patientCase.warnings
    patientID = dossier.patientCase.patientID
    lesions = dossier.patientCase.lesions.map { Self.lesion($0, dossier.measurements[lesion: $0.id]) }
    structures = dossier.patientCase.structures.map {
      StructureEntry(
        name: $0.name.tg263, sourceName: $0.sourceName, role: $0.name.role.rawValue,
        volumeCC: JSONText.rounded($0.contoured.volume.cubicCentimeters, digits: 4),
        planes: $0.contoured.slabs.count, endCap: $0.contoured.endCap.rawValue, derived: $0.derivation != nil,
        derivation: $0.derivation, warnings: $0.warnings)
    }
  }

  private static func lesion(_ lesion: Lesion, _ measured: LesionMeasurements?) -> LesionEntry {
    func stated(_ fact: Fact) -> Double? {
      if case .number(let x)? = lesion.statements[fact]?.value { x } else { nil }
    }
    var range: [Double]?
    if case .interval(let low, let high)? = lesion.statements[.longestAxialDiameter]?.value {
      range = [low, high]
    }
    // A modelled body only repeats what was stated; its own figures are not measurements.
    let drawn = measured.flatMap { $0.modelled ? nil : $0 }
    let place = lesion.place(measured)
    return LesionEntry(
      id: lesion.id, sourceName: lesion.sourceName, site: place.site?.rawValue,
      lobe: place.lobe?.abbreviation, side: place.side?.rawValue,
      basis: drawn != nil
        ? "contours" : (measured != nil ? "ball or ellipsoid of the stated size" : "stated"),
      endCap: drawn.flatMap { _ in lesion.body?.solid.endCap.rawValue },
      longestAxialDiameterMM: (drawn?.diameters?.longest.millimeters ?? stated(.longestAxialDiameter)).map {
        JSONText.rounded($0)
      },
      longestAxialDiameterRangeMM: drawn == nil ? range : nil,
      shortAxisMM: (drawn?.diameters?.shortAxis.millimeters ?? stated(.shortAxis)).map {
        JSONText.rounded($0)
      },
      greatestDiameterMM: drawn.map { JSONText.rounded($0.greatestDiameter.millimeters) },
      volumeCC: (drawn?.volume.cubicCentimeters ?? stated(.volume)).map { JSONText.rounded($0, digits: 5) },
      equivalentSphereDiameterMM: drawn.map {
        JSONText.rounded($0.volume.equivalentSphereDiameter.millimeters)
      },
      centroidMM: (measured?.centroid ?? lesion.position).map(coordinates),
      depthFromPleuraMM: measured?.pleuralDepth.map { JSONText.rounded($0.nearest.millimeters) },
      depthOfInnerEdgeMM: measured?.pleuralDepth.map { JSONText.rounded($0.deepest.millimeters) },
      clearances: (measured?.clearances ?? []).map {
        ClearanceEntry(
          structure: $0.structure.tg263, sourceName: $0.sourceName, role: $0.structure.role.rawValue,
          derived: $0.derived,
          distanceMM: JSONText.rounded($0.clearance.distance.millimeters),
          overlapCC: JSONText.rounded($0.clearance.overlap.cubicCentimeters, digits: 5),
          fromMM: coordinates($0.clearance.from), toMM: coordinates($0.clearance.to))
      })
  }

  private static func coordinates(_ p: SIMD3<Double>) -> [Double] {
    [JSONText.rounded(p.x), JSONText.rounded(p.y), JSONText.rounded(p.z)]
  }
}

/// The sentence that every answer carries.
public enum Notice {
  /// What the program is and is not.
  public static let text =
    "OligoPlan informs a tumour board. It is no medical device; every figure must be checked by those who treat."
}

/// Answers for machines: JSON and CSV of a dossier.
public enum DossierExport {
  /// The measurements as JSON, schema `oligoplan.measurements/1`.
  public static func measurementsJSON(_ dossier: Dossier, tool: String) throws -> Data {
    try JSONText.encode(MeasurementsDocument(dossier, tool: tool))
  }

  /// The assessment as JSON, schema `oligoplan.assessment/1`.
  ///
  /// - Throws: `InputError` when the dossier holds no assessment.
  public static func assessmentJSON(_ dossier: Dossier, tool: String) throws -> Data {
    guard let assessment = dossier.assessment else { throw InputError(file: "case", "was not assessed") }
    return try JSONText.encode(AssessmentDocument(dossier, assessment, tool: tool))
  }

  /// A plan of any kind as JSON, schema `oligoplan.plan/2`.
  ///
  /// - Throws: `InputError` when the dossier holds no plan.
  public static func planJSON(_ dossier: Dossier, tool: String) throws -> Data {
    guard let plan = dossier.plan else { throw InputError(file: "case", "was not planned") }
    let envelope = PlanEnvelope(dossier, plan, tool: tool)
    func encode(_ part: some Codable) throws -> Data {
      try JSONText.encode(PlanDocument(envelope: envelope, part: part))
    }
    return switch plan.content {
    case .irradiation(let course): try encode(SBRTPlanPart(dossier, plan, course))
    case .ablation(let ablation): try encode(AblationPlanPart(dossier, plan, ablation))
    case .resection(let resection): try encode(ResectionPlanPart(dossier, plan, resection))
    case .patient(let patient): try encode(PatientPlanPart(patient))
    }
  }
}
