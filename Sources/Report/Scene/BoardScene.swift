// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Foundation
internal import Planning
internal import Quantities
internal import Radiotherapy
internal import Resection
internal import Vocabulary

/// Brings together what the report's views draw: the case's bodies, and of each lesion zones, needles, target and specimen.
struct BoardScene {
  private let board: BoardDossier
  private var parts: [(solid: Solid, name: String, role: StructureRole, kind: String, derived: Bool)] = []

  private init(_ board: BoardDossier) { self.board = board }

  /// The scene of a board's plans; `nil` where no lesion has a body to draw.
  static func document(_ board: BoardDossier) -> SceneDocument? {
    var scene = BoardScene(board)
    return scene.made()
  }

  /// Tolerances of outlines in millimetres, the finest first, and how many points a page can hold.
  private static let tolerances = [0.1, 0.2, 0.5, 1, 2]
  private static let mostPoints = 400_000
  /// How many distances of a lesion are kept.
  private static let mostDistances = 8
  /// The isodoses that are drawn, in per cent of the prescription.
  private static let isodoses = [80.0, 50, 20]

  private mutating func made() -> SceneDocument? {
    let patientCase = board.assessed.patientCase
    let drawn = patientCase.lesions.filter { $0.body != nil }
    guard !drawn.isEmpty else { return nil }
    for structure in patientCase.structures {
      let name = structure.name.isRecognized ? structure.name.tg263 : structure.sourceName
      parts.append((structure.solid, name, structure.name.role, "structure", structure.derivation != nil))
    }
    let lesions = drawn.compactMap { lesion in entry(lesion) }
    guard !lesions.isEmpty else { return nil }
    let bounds = parts.map(\.solid.bounds)
    let (left, right) = (bounds.map(\.low.x).min() ?? 0, bounds.map(\.high.x).max() ?? 0)
    let (front, back) = (bounds.map(\.low.y).min() ?? 0, bounds.map(\.high.y).max() ?? 0)
    let origin = SIMD2((left + right) / 2, (front + back) / 2)
    var tolerance = 0.0
    var outlines: [BodyOutlines] = []
    for candidate in Self.tolerances {
      tolerance = candidate
      outlines = parts.map { BodyOutlines($0.solid, from: origin, tolerance: candidate) }
      if outlines.reduce(0, { $0 + $1.count }) <= Self.mostPoints { break }
    }
    return SceneDocument(
      unitMM: BodyOutlines.unitMM, origin: [origin.x, origin.y, 0],
      toleranceMM: tolerance + BodyOutlines.unitMM / 2,
      bodies: zip(parts, outlines).enumerated().map { id, body in
        SceneDocument.Body(
          id: id, name: PageText.visible(body.0.name), role: body.0.role.rawValue, kind: body.0.kind,
          derived: body.0.derived,
          slabs: body.1.slabs, rings: body.1.rings, points: body.1.points, xy: body.1.base64)
      }, lesions: lesions)
  }

  private mutating func add(
    _ solid: Solid, _ name: String, _ kind: String, derived: Bool = false
  ) -> Int {
    parts.append((solid, name, .other, kind, derived))
    return parts.count - 1
  }

  private mutating func entry(_ lesion: Lesion) -> SceneDocument.LesionEntry? {
    guard let body = lesion.body, let centre = body.solid.centroid else { return nil }
    let isModelled = if case .modelled = body { true } else { false }
    let id = add(body.solid, lesion.id, "lesion", derived: isModelled)
    let measured = board.assessed.measurements[lesion: lesion.id]
    let clearances = (measured?.clearances ?? []).sorted { $0.clearance.distance < $1.clearance.distance }
    return SceneDocument.LesionEntry(
      id: PageText.visible(lesion.id), title: PageText.visible(lesion.id),
      place: "\(LesionWords.size(lesion, measured)), \(LesionWords.place(lesion, measured))", body: id,
      centre: Self.list(centre), low: Self.list(body.solid.bounds.low),
      high: Self.list(body.solid.bounds.high),
      distances: clearances.prefix(Self.mostDistances).map { entry in
        SceneDocument.Distance(
          structure: PageText.visible(
            entry.structure.isRecognized ? entry.structure.tg263 : entry.sourceName),
          mm: Self.rounded(entry.clearance.distance.millimeters), from: Self.list(entry.clearance.from),
          to: Self.list(entry.clearance.to))
      }, therapies: therapies(lesion))
  }

  // MARK: Therapies

  private mutating func therapies(_ lesion: Lesion) -> [SceneDocument.Therapy] {
    let assignment = board[.patient]?.patientPlan?.recommended.assignments.first { $0.lesion == lesion.id }
    let chosen = assignment?.choice.modality
    var found: [SceneDocument.Therapy] = []
    if let proposal = board[.resection]?.resectionPlan?.lesions.first(where: { $0.lesion == lesion.id })?
      .proposal, let piece = proposal.standard.piece
    {
      found.append(
        .init(
          key: Modality.metastasectomy.rawValue, title: Modality.metastasectomy.title,
          chosen: chosen == .metastasectomy, specimen: add(piece, "\(lesion.id)", "specimen", derived: true)))
    }
    if let proposal = board[.sbrt]?.sbrtPlan?.proposals.first(where: { $0.lesion == lesion.id }) {
      found.append(
        .init(
          key: Modality.sbrt.rawValue, title: Modality.sbrt.title, chosen: chosen == .sbrt,
          ptv: add(
            proposal.target.solid, "PTV \(lesion.id)", "ptv", derived: proposal.target.basis != .contouredPTV),
          isodoses: Self.isodoses.map {
            Self.isodose($0, proposal, chosen == .sbrt ? assignment?.scheme : nil)
          }))
    }
    let ablations = board[.ablation]?.ablationPlan?.lesions.first { $0.lesion == lesion.id }?.proposals ?? []
    // What the plan of the patient judged stands in place of what a plan of ablation would show.
    let judged = assignment?.ablation.map { [$0] } ?? []
    for proposal in judged + ablations.filter({ $0.energy != judged.first?.energy }) {
      found.append(
        .init(
          key: proposal.energy.rawValue, title: proposal.energy.title, chosen: chosen == proposal.energy,
          needles: proposal.applicators.map(Self.needle), zones: proposal.zones.map(Self.zone),
          ice: proposal.ice.map(Self.zone)))
    }
    return found
  }

  /// How far a share of the prescription lies from the target: the mean law halves the dose over each of its lengths.
  ///
  /// - Parameter scheme: the prescription that the plan of the patient chose; `nil` for the proposal's.
  private static func isodose(_ percent: Double, _ proposal: SBRTProposal, _ scheme: PrescriptionScheme?)
    -> SceneDocument.Isodose
  {
    let halvings = -log2(percent / 100)
    let halving = proposal.fallOff.halving
    func reach(_ length: Length) -> Double { rounded(halvings * length.millimeters) }
    return SceneDocument.Isodose(
      percent: percent, gray: rounded((scheme ?? proposal.scheme).fractionation.total.gray * percent / 100),
      mm: reach(halving.expected), lowMM: reach(halving.good), highMM: reach(halving.poor))
  }

  private static func needle(_ applicator: PlannedApplicator) -> SceneDocument.Needle {
    .init(
      entry: list(applicator.path.entry), tip: list(applicator.path.tip),
      depthMM: rounded(applicator.path.depth.millimeters),
      pullBacksMM: applicator.pullBacks.filter { $0 > .zero }.map { rounded($0.millimeters) })
  }

  private static func zone(_ zone: Spheroid) -> SceneDocument.Zone {
    .init(
      centre: list(zone.centre),
      axis: [zone.axis.x, zone.axis.y, zone.axis.z].map { ($0 * 1e6).rounded() / 1e6 },
      alongMM: rounded(zone.along.millimeters), acrossMM: rounded(zone.across.millimeters))
  }

  private static func rounded(_ x: Double) -> Double { (x * 100).rounded() / 100 }
  private static func list(_ point: SIMD3<Double>) -> [Double] {
    [rounded(point.x), rounded(point.y), rounded(point.z)]
  }
}
