// SPDX-License-Identifier: Apache-2.0
/// The names by which ROIs and labels are told apart, and what a name that somebody wrote means.
///
/// Two regions of one name, case ignored, are both called by name and number (`GTV#1`, `GTV#2`): were one of them
/// to keep the bare name, a list's row or an option could reach the wrong body.
struct RegionNames {
  /// One name in use.
  struct Entry: Hashable {
    /// Unique in the case.
    let id: String
    /// The name in the file, which several may share.
    let sourceName: String
  }

  /// What a written name means.
  enum Meaning: Equatable {
    case none
    case one(String)
    /// Several regions bear it; their ids.
    case several([String])
  }

  private(set) var entries: [Entry] = []

  /// Gives every region of a file its id.
  ///
  /// - Parameter regions: name and number in the file's order, the numbers unique.
  /// - Returns: the ids in the same order.
  mutating func add(_ regions: [(name: String, number: Int)]) -> [String] {
    var sharing: [String: Int] = [:]
    for region in regions { sharing[region.name.lowercased(), default: 0] += 1 }
    // Names that stand alone keep themselves, whatever is made of the others.
    var taken = Set(regions.map { $0.name.lowercased() }.filter { sharing[$0] == 1 })
    return regions.map { region in
      var id = region.name
      if sharing[region.name.lowercased(), default: 0] > 1 {
        repeat { id += "#\(region.number)" } while taken.contains(id.lowercased())
        taken.insert(id.lowercased())
      }
      entries.append(Entry(id: id, sourceName: region.name))
      return id
    }
  }

  /// Adds a name that is unique already.
  mutating func add(_ id: String, sourceName: String) {
    entries.append(Entry(id: id, sourceName: sourceName))
  }

  /// Adds another file's names.
  mutating func add(_ other: RegionNames) { entries += other.entries }

  /// What a name means: an id as it stands, else the only region of that id or file name with case ignored.
  func meaning(of text: String) -> Meaning {
    let exact = entries.filter { $0.id == text }
    if exact.count == 1 { return .one(exact[0].id) }
    let key = text.lowercased()
    var found: [String] = []
    for entry in entries where entry.id.lowercased() == key || entry.sourceName.lowercased() == key {
      if !found.contains(entry.id) { found.append(entry.id) }
    }
    switch found.count {
    case 0: return .none
    case 1: return .one(found[0])
    default: return .several(found)
    }
  }

  /// The names in use that are shared, each with its regions' ids.
  func shared(among ids: [String]) -> [(name: String, ids: [String])] {
    var groups: [(name: String, ids: [String])] = []
    for id in ids {
      guard let entry = entries.first(where: { $0.id == id }), entry.id != entry.sourceName else { continue }
      if let index = groups.firstIndex(where: { $0.name.lowercased() == entry.sourceName.lowercased() }) {
        groups[index].ids.append(id)
      } else {
        groups.append((entry.sourceName, [id]))
      }
    }
    return groups
  }
}
