// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
public import Cases
public import Eligibility
internal import Facts
internal import Quantities
internal import Vocabulary

/// The parts of a plan one by one, for benchmarks and tests.
public struct AblationBenchmark: Sendable {
  private let parameters: AblationParameters
  private let candidates: Int

  /// A probe that tries this many directions.
  public init(_ parameters: AblationParameters, candidates: Int) {
    self.parameters = parameters
    self.candidates = candidates
  }

  /// Distance fields of a case's structures; `nil` without a body outline.
  ///
  /// - Throws: errors of geometry.
  public func space(of patientCase: PatientCase) throws -> Ready? {
    let around = patientCase.lesions.compactMap { $0.body?.solid.centroid }
    guard let body = try BodyOutline.of(patientCase.structures),
      let space = try NeedleSpace(
        body: body, patientCase.structures, limits: parameters.pathLimits, lesions: patientCase.lesions,
        around: around, farthest: parameters.longestApplicator.millimeters)
    else { return nil }
    return Ready(parameters: parameters, candidates: candidates, patientCase: patientCase, space: space)
  }

  /// A case ready to be asked.
  public struct Ready: Sendable {
    let parameters: AblationParameters
    let candidates: Int
    let patientCase: PatientCase
    let space: NeedleSpace

    private func planner(_ lesion: Lesion, _ setting: LesionContext) -> LesionPlanner? {
      guard let solid = lesion.body?.solid, let surroundings = try? ZoneSurroundings([], body: nil),
        let surface = LesionPlanner.surface(solid, parameters)
      else { return nil }
      var options = AblationOptions()
      options.candidates = candidates
      return LesionPlanner(
        .init(lesion: lesion, solid: solid, surface: surface, setting: setting),
        in: .init(
          parameters: parameters, options: options, patientCase: patientCase, space: space,
          surroundings: surroundings),
        energy: .microwave)
    }

    /// All directions to a lesion with limits, soft criteria and the Pareto front; `nil` without a body.
    public func search(_ lesion: Lesion, _ setting: LesionContext) -> PathSearchResult? {
      guard let planner = planner(lesion, setting), let cover = planner.firstCover else { return nil }
      let request = planner.request(
        for: cover, target: EnclosingBall(planner.surface.points).centre,
        directions: Directions.even(candidates))
      return PathSearch(space, parameters).search(request, keep: LesionPlanner.tried)
    }

    /// The margin map of one zone; how many points it has.
    public func marginMap(_ lesion: Lesion, _ setting: LesionContext) -> Int {
      guard let planner = planner(lesion, setting), let cover = planner.firstCover else { return 0 }
      return MarginMap(planner.surface, zones: cover.spheroids)?.points.count ?? 0
    }
  }
}
