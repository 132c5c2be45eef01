// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Facts

/// The score of a therapy as things stand, and the range that unknown facts leave.
struct Score {
  let concerns: [Concern: Double]
  let assumed: Double
  let range: ClosedRange<Double>
  private let clusters: [Concern: [Cluster]]
  private let scoring: Scoring

  init(clusters: [Cluster], by scoring: Scoring) {
    let byConcern = Dictionary(grouping: clusters, by: \.concern)
    func concerns(_ value: (Cluster) -> Double) -> [Concern: Double] {
      var result: [Concern: Double] = [:]
      for concern in Concern.allCases {
        result[concern] = Self.combine((byConcern[concern] ?? []).map(value), scoring)
      }
      return result
    }
    self.clusters = byConcern
    self.scoring = scoring
    self.concerns = concerns { $0.assumed }
    assumed = Self.score(self.concerns, scoring)
    // The score falls and rises with every cluster, so the bounds are reached with all clusters at their own.
    let low = Self.score(concerns { $0.range.lowerBound }, scoring)
    let high = Self.score(concerns { $0.range.upperBound }, scoring)
    range = min(low, assumed)...max(high, assumed)
  }

  /// The desirability of every concern with a cluster short of 1, of clusters as their concern and desirability.
  static func combined(
    _ clusters: some Sequence<(concern: Concern, assumed: Double)>, _ scoring: Scoring
  ) -> [Concern: Double] {
    var byConcern: [Concern: [Double]] = [:]
    for cluster in clusters where cluster.assumed < 1 {
      byConcern[cluster.concern, default: []].append(cluster.assumed)
    }
    return byConcern.mapValues { combine($0, scoring) }
  }

  /// How many points of score a reading's worst and best value are apart, with all else as assumed.
  func spread(of reading: RuleEvaluation, in cluster: Cluster) -> Double {
    func score(_ d: Double) -> Double {
      var changed = concerns
      changed[cluster.concern] = Self.combine(
        (clusters[cluster.concern] ?? []).map { $0.root == cluster.root ? d : $0.assumed },
        scoring)
      return Self.score(changed, scoring)
    }
    return score(reading.range.upperBound) - score(reading.range.lowerBound)
  }

  /// Worst first: d₁ · Π(k ≥ 2) (1 − f (1 − dₖ)); 1 for none.
  static func combine(_ desirabilities: [Double], _ scoring: Scoring) -> Double {
    let sorted = desirabilities.sorted()
    guard let worst = sorted.first else { return 1 }
    return sorted.dropFirst().reduce(worst) { $0 * (1 - scoring.furtherCluster.value * (1 - $1)) }
  }

  static func score(_ concerns: [Concern: Double], _ scoring: Scoring) -> Double {
    score({ concerns[$0] ?? 1 }, scoring)
  }

  static func score(_ concern: (Concern) -> Double, _ scoring: Scoring) -> Double {
    100 * Concern.allCases.reduce(1) { $0 * power(concern($1), scoring.weights[$1] ?? 0) }
  }
}
