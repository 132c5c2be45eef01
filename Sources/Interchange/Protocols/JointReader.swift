// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Planning
internal import Resection
internal import Yams

/// Reads the part of a protocol on planning the patient as a whole.
struct JointReader {
  private let reading: YAMLReading

  init(_ reading: YAMLReading) { self.reading = reading }

  /// The parameters; `nil` when there are none or something is missing, which is reported.
  func parameters(_ node: Node?) -> JointParameters? {
    guard let node else { return nil }
    let cited = [
      "lesionsPerSession": "count", "lesionsPerSessionSingleLung": "count", "puncturesPerSession": "count",
      "weeksBetweenLungs": "weeks", "weeksBetweenOperations": "weeks", "fractionsPerWeek": "count",
    ]
    guard
      let entries = reading.mapping(
        node, "joint",
        keys: [
          "mostRegimens", "needleCandidates", "burden", "errors", "weeksAfter", "hospitalDays",
          "anaestheticRisk", "assumed", "recommendation", "courseTiming",
        ] + cited.keys.sorted())
    else { return nil }
    var numbers: [String: Cited<Double>] = [:]
    for (name, key) in cited.sorted(by: { $0.key < $1.key }) {
      numbers[name] = number(entries[name], name, key: key, in: node)
    }
    guard let regimens = whole(entries["mostRegimens"], "mostRegimens", 1...5, in: node),
      let candidates = whole(entries["needleCandidates"], "needleCandidates", 1000...100_000, in: node),
      let burden = burden(entries["burden"], in: node), let errors = errors(entries["errors"], in: node),
      let perSession = numbers["lesionsPerSession"],
      let single = numbers["lesionsPerSessionSingleLung"], let punctures = numbers["puncturesPerSession"],
      let lungs = numbers["weeksBetweenLungs"], let operations = numbers["weeksBetweenOperations"],
      let rate = numbers["fractionsPerWeek"], let timing = timing(entries["courseTiming"], in: node),
      let weeks = families(entries["weeksAfter"], "weeksAfter", in: node),
      let days = families(entries["hospitalDays"], "hospitalDays", in: node),
      let risk = risk(entries["anaestheticRisk"], in: node),
      let assumed = assumed(entries["assumed"], in: node),
      let recommendation = recommendation(entries["recommendation"], in: node)
    else { return nil }
    return JointParameters(
      mostRegimens: regimens, lesionsPerSession: perSession, lesionsPerSessionSingleLung: single,
      puncturesPerSession: punctures, weeksBetweenLungs: lungs, weeksBetweenOperations: operations,
      weeksAfter: weeks, fractionsPerWeek: rate, courseTiming: timing, hospitalDays: days,
      anaestheticRisk: risk, needleCandidates: candidates, burden: burden, assumed: assumed,
      recommendation: recommendation, errors: errors)
  }

  private func families(
    _ node: Node?, _ name: String, in parent: Node
  ) -> JointParameters.FamilyNumbers? {
    let keys = ["surgery", "ablation", "embolization"]
    guard let entries = mapping(node, name, keys: keys + ["sources"], in: parent) else { return nil }
    let values = keys.compactMap { whole(entries[$0], "\(name) \($0)", 0...100, in: node ?? parent) }
    guard values.count == keys.count else { return nil }
    return .init(
      surgery: values[0], ablation: values[1], embolization: values[2],
      sources: sources(entries["sources"], name, in: node ?? parent))
  }

  private func timing(_ node: Node?, in parent: Node) -> Cited<JointParameters.CourseTiming>? {
    guard let entries = mapping(node, "courseTiming", keys: ["sbrt", "sources"], in: parent) else {
      return nil
    }
    if entries["sbrt"] == nil { reading.report(node ?? parent, "courseTiming sbrt is missing") }
    guard
      let found = reading.word(entries["sbrt"], "courseTiming sbrt", JointParameters.CourseTiming.self)
    else { return nil }
    return Cited(found, sources: sources(entries["sources"], "courseTiming", in: node ?? parent))
  }

  private func risk(_ node: Node?, in parent: Node) -> JointParameters.AnaestheticRisk? {
    let keys = ["asa3", "asa4", "highRisk"]
    guard let entries = mapping(node, "anaestheticRisk", keys: keys + ["sources"], in: parent) else {
      return nil
    }
    // What makes an anaesthetic riskier never makes it lighter.
    let values = keys.compactMap { amount(entries[$0], "anaestheticRisk \($0)", 1...100, in: node ?? parent) }
    guard values.count == keys.count else { return nil }
    return .init(
      asa3: values[0], asa4: values[1], highRisk: values[2],
      sources: sources(entries["sources"], "anaestheticRisk", in: node ?? parent))
  }

  private func assumed(_ node: Node?, in parent: Node) -> JointParameters.AssumedBurden? {
    let keys = ["lungGray", "segments", "visits"]
    guard let entries = mapping(node, "assumed", keys: keys + ["sources"], in: parent) else { return nil }
    let values = keys.compactMap { amount(entries[$0], "assumed \($0)", 0...100, in: node ?? parent) }
    guard values.count == keys.count else { return nil }
    return .init(
      lungGray: values[0], segments: values[1], visits: values[2],
      sources: sources(entries["sources"], "assumed", in: node ?? parent))
  }

  private func recommendation(_ node: Node?, in parent: Node) -> JointParameters.Recommendation? {
    let points = ["lesionLeft", "boardQuestion", "outside"]
    let shares = ["acceptableShare", "robustShare"]
    guard
      let entries = mapping(node, "recommendation", keys: points + shares + ["sources"], in: parent)
    else { return nil }
    func values(_ keys: [String], _ range: ClosedRange<Double>) -> [Double] {
      keys.compactMap { amount(entries[$0], "recommendation \($0)", range, in: node ?? parent) }
    }
    let (charged, from) = (values(points, 0...10_000), values(shares, 0...1))
    guard charged.count == points.count, from.count == shares.count else { return nil }
    return .init(
      lesionLeft: charged[0], boardQuestion: charged[1], outside: charged[2], acceptableShare: from[0],
      robustShare: from[1], sources: sources(entries["sources"], "recommendation", in: node ?? parent))
  }

  private func burden(_ node: Node?, in parent: Node) -> JointParameters.BurdenWeights? {
    let keys = ["visit", "anaesthetic", "lungGray", "segment", "hospitalDay", "puncture", "week", "energy"]
    guard let entries = mapping(node, "burden", keys: keys + ["sources"], in: parent) else { return nil }
    let values = keys.compactMap { amount(entries[$0], "burden \($0)", 0...1000, in: node ?? parent) }
    guard values.count == keys.count else { return nil }
    return .init(
      visit: values[0], lungGray: values[2], segment: values[3], anaesthetic: values[1],
      hospitalDay: values[4], puncture: values[5], week: values[6], energy: values[7],
      sources: sources(entries["sources"], "burden", in: node ?? parent))
  }

  /// No reader is without error: distances from edges are told in its multiples.
  private static let leastError = 1e-6

  private func errors(_ node: Node?, in parent: Node) -> JointParameters.MeasurementErrors? {
    let keys = ["readerLimitMM", "smallBelowMM", "largeShare"]
    guard let entries = mapping(node, "errors", keys: keys + ["sources"], in: parent) else { return nil }
    let values = keys.compactMap {
      amount(entries[$0], "errors \($0)", Self.leastError...1000, in: node ?? parent)
    }
    guard values.count == keys.count else { return nil }
    return .init(
      readerLimit: values[0], smallBelow: values[1], largeShare: values[2],
      sources: sources(entries["sources"], "errors", in: node ?? parent))
  }

  private func number(_ node: Node?, _ name: String, key: String, in parent: Node) -> Cited<Double>? {
    guard let entries = mapping(node, name, keys: [key, "sources"], in: parent),
      let value = whole(entries[key], "\(name) \(key)", 1...1000, in: node ?? parent)
    else { return nil }
    return Cited<Double>(Double(value), sources: sources(entries["sources"], name, in: node ?? parent))
  }

  private func mapping(_ node: Node?, _ what: String, keys: [String], in parent: Node) -> [String: Node]? {
    if node == nil { reading.report(parent, "\(what) is missing", "see protocol show") }
    return reading.mapping(node, what, keys: keys)
  }

  private func sources(_ node: Node?, _ what: String, in parent: Node) -> [String] {
    let keys = reading.texts(node, "sources of \(what)")
    if keys.isEmpty { reading.report(parent, "\(what) cites no source", "add sources: […]") }
    return keys
  }

  private func amount(
    _ node: Node?, _ what: String, _ range: ClosedRange<Double>, in parent: Node
  ) -> Double? {
    if node == nil { reading.report(parent, "\(what) is missing") }
    guard let value = reading.number(node, what) else { return nil }
    guard range.contains(value) else {
      reading.report(
        node, "\(what) lies between \(Int(range.lowerBound)) and \(Int(range.upperBound))")
      return nil
    }
    return value
  }

  private func whole(_ node: Node?, _ what: String, _ range: ClosedRange<Int>, in parent: Node) -> Int? {
    if node == nil { reading.report(parent, "\(what) is missing") }
    guard let value = reading.integer(node, what) else { return nil }
    guard range.contains(value) else {
      reading.report(node, "\(what) lies between \(range.lowerBound) and \(range.upperBound)")
      return nil
    }
    return value
  }
}
