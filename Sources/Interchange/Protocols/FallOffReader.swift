// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Quantities
internal import Radiotherapy
internal import Yams

/// Reads how dose falls off around targets, as the radiotherapy part of a protocol says it.
struct FallOffReader {
  private let reading: YAMLReading

  init(_ reading: YAMLReading) { self.reading = reading }

  /// The model with its sources, and how near targets make one composite plan.
  struct FallOff {
    let model: FallOffModel
    let sources: [String]
    let composite: Length
    let compositeSources: [String]
  }

  /// The fall-off; `nil` when something is missing, which is reported.
  func fallOff(_ node: Node?, in parent: Node) -> FallOff? {
    guard let node,
      let entry = reading.mapping(
        node, "fallOff",
        keys: [
          "gradientMeasure", "conformityR100", "conformity", "conformitySources", "ukPlanning",
          "ukPlanningSources", "smallTargetCC", "envelope", "compositeWithinMM", "compositeSources",
        ])
    else {
      reading.report(node ?? parent, "fallOff is missing")
      return nil
    }
    var laws: [String: FallOffModel.PowerLaw] = [:]
    var sources: [String] = []
    for item in reading.sequence(entry["gradientMeasure"], "gradientMeasure") {
      guard
        let row = reading.mapping(item, "a gradient measure", keys: ["position", "a", "b", "n", "sources"]),
        let position = reading.text(row["position"], "position", in: item),
        let a = reading.number(row["a"], "a"), let b = reading.number(row["b"], "b")
      else { continue }
      laws[position] = .init(factor: a, exponent: b)
      sources += reading.texts(row["sources"], "sources")
    }
    let rows = reading.sequence(entry["conformity"], "conformity").compactMap(conformity)
    let mandatory = reading.sequence(entry["ukPlanning"], "ukPlanning").compactMap(planning)
    sources += reading.texts(entry["conformitySources"], "conformitySources")
    sources += reading.texts(entry["ukPlanningSources"], "ukPlanningSources")
    let envelopeKeys = ["floorPercent", "lengthMM", "offPlaneFloorPercent", "offPlaneLengthMM", "offPlaneMM"]
    let far = reading.mapping(entry["envelope"], "envelope", keys: envelopeKeys + ["sources"])
    let numbers = envelopeKeys.compactMap { reading.number(far?[$0], $0) }
    sources += reading.texts(far?["sources"], "sources")
    guard let peripheral = laws["peripheral"], let central = laws["central"],
      numbers.count == envelopeKeys.count, numbers.allSatisfy({ $0 > 0 }),
      let small = reading.number(entry["smallTargetCC"], "smallTargetCC"),
      let model = FallOffModel(
        gradient: (peripheral, central), conformity: rows, mandatory: mandatory,
        smallTarget: .cubicCentimeters(small),
        far: .init(
          inPlane: .init(floor: numbers[0] / 100, length: .millimeters(numbers[1])),
          offPlane: .init(floor: numbers[2] / 100, length: .millimeters(numbers[3])),
          reach: .millimeters(numbers[4]))),
      let within = reading.number(entry["compositeWithinMM"], "compositeWithinMM")
    else {
      reading.report(
        node, "fallOff is not whole",
        "gradientMeasure for peripheral and central, conformity by growing ptvCC, ukPlanning ending without belowCC, envelope, smallTargetCC, compositeWithinMM"
      )
      return nil
    }
    var seen: Set<String> = []
    return FallOff(
      model: model, sources: sources.filter { seen.insert($0).inserted }, composite: .millimeters(within),
      compositeSources: reading.texts(entry["compositeSources"], "compositeSources"))
  }

  private func conformity(_ node: Node) -> FallOffModel.ConformityRow? {
    let keys = ["ptvCC", "r50None", "r50Minor", "d2cmNonePercent", "d2cmMinorPercent"]
    guard let row = reading.mapping(node, "a row of conformity", keys: keys) else { return nil }
    let values = keys.compactMap { reading.number(row[$0], $0) }
    guard values.count == keys.count else {
      reading.report(node, "a row of conformity lacks one of " + keys.joined(separator: ", "))
      return nil
    }
    return .init(
      volume: .cubicCentimeters(values[0]), r50: (values[1], values[2]),
      d2cm: (values[3] / 100, values[4] / 100))
  }

  private func planning(_ node: Node) -> FallOffModel.MandatoryR50? {
    guard
      let row = reading.mapping(
        node, "a row of ukPlanning",
        keys: ["belowCC", "lungR100", "lungR50", "lungV20Percent", "otherR50", "otherR100"])
    else { return nil }
    func mandatory(_ key: String) -> Double? {
      let pair = reading.sequence(row[key], key).compactMap { reading.number($0, key) }
      return pair.count == 2 ? pair[1] : nil
    }
    guard let lung = mandatory("lungR50"), let other = mandatory("otherR50") else {
      reading.report(node, "lungR50 and otherR50 are [optimal, mandatory]")
      return nil
    }
    return .init(
      below: reading.number(row["belowCC"], "belowCC").map { .cubicCentimeters($0) }, lung: lung,
      elsewhere: other)
  }
}
