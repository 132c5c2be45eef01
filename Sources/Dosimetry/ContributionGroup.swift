// SPDX-License-Identifier: Apache-2.0
internal import Quantities

/// Contributions of one course and one fraction count: physical doses that add.
struct ContributionGroup: Sendable {
  private(set) var parts: [CourseContribution]
  let fractions: Double
  let isEarlier: Bool
  /// One bit a course, for counting those that reach a place.
  let bit: UInt64
  /// Parts of one course lie equally long ago.
  private let keeping: Double

  /// The groups of contributions; an earlier course and a planned one are two, whatever they are called.
  static func groups(of contributions: [CourseContribution]) -> [ContributionGroup] {
    struct Course: Equatable {
      let name: String
      let isEarlier: Bool
    }
    var groups: [ContributionGroup] = []
    var courses: [Course] = []
    for part in contributions {
      let course = Course(name: part.course, isEarlier: part.isEarlier)
      if !courses.contains(course) { courses.append(course) }
      let bit = UInt64(1) << UInt64(min(63, courses.firstIndex(of: course) ?? 63))
      if let index = groups.firstIndex(where: {
        $0.parts[0].course == part.course && $0.fractions == Double(part.fractions)
          && $0.isEarlier == part.isEarlier
      }) {
        groups[index].parts.append(part)
      } else {
        groups.append(
          ContributionGroup(
            parts: [part], fractions: Double(part.fractions), isEarlier: part.isEarlier, bit: bit,
            keeping: part.keeping))
      }
    }
    return groups
  }

  /// A physical dose as the effect that is left of it.
  func effect(_ dose: SIMD3<Double>, _ alphaBeta: Double) -> SIMD3<Double> {
    let ratio = SIMD3(repeating: alphaBeta)
    return dose * (dose / fractions + ratio) * (keeping / (2 + alphaBeta))
  }

  /// The nominal dose at one place in gray.
  func nominal(at place: SIMD3<Double>) -> Double {
    parts.reduce(0) { $0 + $1.nominal.bounds(at: place).low }
  }
}

/// What groups of contributions bring about along rows of places.
struct EffectRow {
  private let groups: [ContributionGroup]
  private let alphaBeta: Double
  private let overlapGray: Double
  private var doses: [SIMD3<Double>] = []
  /// At least, nominal and at most, of all groups.
  private(set) var effects: [SIMD3<Double>] = []
  /// The courses that reach each place as they are nominal, and at most.
  private(set) var reached: [SIMD2<UInt64>] = []

  init(_ groups: [ContributionGroup], alphaBeta: Double, overlapGray: Double) {
    self.groups = groups
    self.alphaBeta = alphaBeta
    self.overlapGray = overlapGray
  }

  mutating func read(from place: (Int) -> SIMD3<Double>, count: Int) {
    effects.removeAll(keepingCapacity: true)
    effects.append(contentsOf: repeatElement(.zero, count: count))
    reached.removeAll(keepingCapacity: true)
    reached.append(contentsOf: repeatElement(.zero, count: count))
    for group in groups {
      doses.removeAll(keepingCapacity: true)
      doses.append(contentsOf: repeatElement(.zero, count: count))
      doses.withUnsafeMutableBufferPointer { doses in
        for part in group.parts { part.add(to: doses, from: place, count: count) }
      }
      for number in 0..<count {
        let effect = group.effect(doses[number], alphaBeta)
        effects[number] += effect
        if effect.y >= overlapGray { reached[number].x |= group.bit }
        if effect.z >= overlapGray { reached[number].y |= group.bit }
      }
    }
  }
}
