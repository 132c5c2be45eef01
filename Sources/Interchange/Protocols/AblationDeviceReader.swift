// SPDX-License-Identifier: Apache-2.0
public import Ablation
internal import Evidence
public import Foundation
internal import Quantities
internal import Vocabulary
internal import Yams

/// Reads tables of ablation devices: those of a protocol, and a site's own.
public struct AblationDeviceReader {
  /// The schema that a site's own table names.
  public static let schema = "oligoplan.devices/1"

  private let reading: YAMLReading

  init(_ reading: YAMLReading) { self.reading = reading }

  /// A site's own table: YAML with `schema` and `devices`.
  ///
  /// - Throws: `InputErrors` with every problem and its line.
  public static func load(_ data: Data, file: String) throws -> [AblationDevice] {
    let reading = YAMLReading()
    func failure(_ message: String, line: Int = 0, _ advice: String) -> InputError {
      InputError(file: file, place: line > 0 ? "line \(line)" : "", message, advice: advice)
    }
    guard let text = String(bytes: data, encoding: .utf8) else {
      throw failure("not UTF-8", "save it as UTF-8")
    }
    let root: Node
    do {
      guard let node = try YAMLText.compose(text, file: file) else {
        throw failure("is empty", "name devices")
      }
      root = node
    } catch let error as InputError {
      throw error
    } catch {
      throw failure(
        "not valid YAML: \("\(error)".split(separator: "\n").first.map(String.init) ?? "")",
        "check indentation and quotes")
    }
    let entries = reading.mapping(root, "a device table", keys: ["schema", "devices"])
    if let entries, reading.text(entries["schema"], "schema", in: root) != schema {
      reading.report(entries["schema"] ?? root, "schema is not \(schema)", "write schema: \(schema)")
    }
    let devices = AblationDeviceReader(reading).devices(entries?["devices"], isShipped: false)
    if devices.isEmpty, reading.problems.isEmpty { reading.report(root, "names no device") }
    guard reading.problems.isEmpty else {
      throw InputErrors(
        reading.problems.map { failure($0.message, line: $0.line, $0.suggestion) })
    }
    return devices
  }

  func devices(_ node: Node?, isShipped: Bool) -> [AblationDevice] {
    var seen: Set<String> = []
    return reading.sequence(node, "devices").compactMap { item in
      guard let device = device(item, isShipped: isShipped) else { return nil }
      if !seen.insert(device.id).inserted { reading.report(item, "two devices are called \(device.id)") }
      return device
    }
  }

  private func device(_ node: Node, isShipped: Bool) -> AblationDevice? {
    guard
      let row = reading.mapping(
        node, "a device",
        keys: [
          "id", "name", "energy", "basis", "tissue", "derating", "lengthsMM", "diameterMM", "settings",
          "mark", "sources",
        ]), let id = reading.text(row["id"], "id", in: node),
      let name = reading.text(row["name"], "name", in: node)
    else { return nil }
    for key in ["energy", "basis", "mark"] where row[key] == nil {
      reading.report(node, "\(key) of device \(id) is missing")
    }
    guard let energy = reading.word(row["energy"], "energy", Modality.self),
      let basis = reading.word(row["basis"], "basis", ZoneBasis.self),
      let mark = reading.word(row["mark"], "mark", Mark.self),
      let tissue = reading.text(row["tissue"], "tissue of \(id)", in: node)
    else { return nil }
    guard Modality.ablations.contains(energy) else {
      reading.report(row["energy"], "\(energy.rawValue) is no ablation")
      return nil
    }
    let sources = reading.texts(row["sources"], "sources")
    if sources.isEmpty {
      reading.report(node, "device \(id) has no source", "say where the chart is from")
    }
    // Never a silent default: what a chart is multiplied by is said, be it 1.
    guard let derating = positive(row["derating"], "derating of \(id)", upTo: 1, in: node),
      let diameter = positive(row["diameterMM"], "diameterMM of \(id)", upTo: 10, in: node)
    else { return nil }
    let lengths = reading.sequence(row["lengthsMM"], "lengthsMM").compactMap {
      positive($0, "a length of \(id)", upTo: 600, in: node)
    }
    let settings = reading.sequence(row["settings"], "settings").compactMap {
      setting($0, of: id, energy: energy)
    }
    guard !settings.isEmpty else {
      reading.report(node, "device \(id) has no usable setting")
      return nil
    }
    if Set(settings.map(\.id)).count < settings.count {
      reading.report(node, "two settings of \(id) have one name")
    }
    return AblationDevice(
      id: id, name: name, energy: energy, basis: basis, tissue: tissue, derating: derating,
      lengths: lengths.map(Length.millimeters), diameter: .millimeters(diameter), settings: settings,
      mark: mark, sources: sources, isShipped: isShipped)
  }

  /// A number above zero.
  private func positive(_ node: Node?, _ what: String, upTo most: Double, in parent: Node) -> Double? {
    guard let node else {
      reading.report(parent, "\(what) is missing")
      return nil
    }
    guard let value = reading.number(node, what) else { return nil }
    guard value > 0, value <= most else {
      reading.report(node, "\(what) is \(value)", "above 0, at most \(Int(most))")
      return nil
    }
    return value
  }

  private func setting(_ node: Node, of device: String, energy: Modality) -> ZoneSetting? {
    guard
      let row = reading.mapping(
        node, "a setting",
        keys: ["id", "longMM", "shortMM", "pastTipMM", "applicators", "spacingMM", "minus20MM", "minus40MM"]),
      let id = reading.text(row["id"], "id", in: node),
      let short = positive(row["shortMM"], "shortMM of \(device) \(id)", upTo: 150, in: node)
    else { return nil }
    func optional(_ key: String) -> (value: Double?, isBad: Bool) {
      guard let item = row[key] else { return (nil, false) }
      let value = positive(item, "\(key) of \(device) \(id)", upTo: 150, in: node)
      return (value, value == nil)
    }
    let (long, isBadLong) = optional("longMM")
    let (minus20, isBad20) = optional("minus20MM")
    let (minus40, isBad40) = optional("minus40MM")
    guard !isBadLong, !isBad20, !isBad40 else { return nil }
    var pastTip: Double?
    if let item = row["pastTipMM"] {
      guard let value = reading.number(item, "pastTipMM of \(device) \(id)") else { return nil }
      guard value >= 0, value <= (long ?? short) / 2 else {
        reading.report(
          item, "pastTipMM of \(device) \(id) is \(value)",
          "from 0 to half the zone's length, \((long ?? short) / 2)")
        return nil
      }
      pastTip = value
    }
    if let long, long < short {
      reading.report(
        node, "\(device) \(id): longMM \(long) is below shortMM \(short)",
        "longMM lies along the applicator; exchange them if the columns were swapped")
      return nil
    }
    let applicators = reading.integer(row["applicators"], "applicators") ?? 1
    let (spacing, isBadSpacing) = optional("spacingMM")
    guard !isBadSpacing, (1...8).contains(applicators), (applicators > 1) == (spacing != nil) else {
      reading.report(
        node, "\(device) \(id): \(applicators) applicators and spacingMM do not fit together",
        "1 to 8 applicators; spacingMM from 2 applicators on")
      return nil
    }
    if energy == .cryoablation {
      guard let minus20 else {
        reading.report(node, "\(device) \(id): a cryoablation needs minus20MM beside the ice's shortMM")
        return nil
      }
      guard minus20 < short, minus40 ?? 0 < minus20 else {
        reading.report(
          node, "\(device) \(id): isotherms must shrink from ice (\(short)) over -20 to -40 degrees")
        return nil
      }
    } else if minus20 != nil || minus40 != nil {
      reading.report(node, "\(device) \(id): isotherms belong to cryoablation")
      return nil
    }
    return ZoneSetting(
      id: id, long: long.map(Length.millimeters), short: .millimeters(short),
      pastTip: pastTip.map(Length.millimeters), applicators: applicators,
      spacing: spacing.map(Length.millimeters), minus20: minus20.map(Length.millimeters),
      minus40: minus40.map(Length.millimeters))
  }
}
