// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Testing

@testable import Registry

@Suite("A registry of judgements")
final class RegistryStoreTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("oligoplan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func run(_ day: Int, _ sha: String = "aaaaaaaa", _ name: String = "default") -> RegistryRun {
    RegistryRun(
      time: String(format: "2026-11-%02dT00:00:00Z", day), tool: "t 1", protocolSHA256: sha,
      protocolName: name,
      inputs: "list.csv")
  }

  private func entry(
    _ patient: String, _ input: String, _ verdicts: [(String, String, String)], options: String = ""
  ) -> RegistryEntry {
    RegistryEntry(
      patient: patient, tool: "t 1", inputSHA256: input, options: options, advice: "treat", lists: "ir",
      errors: "",
      verdicts: verdicts.map { .init(lesion: $0.0, modality: $0.1, verdict: $0.2, leading: "") })
  }

  private func keep(_ store: RegistryStore, _ run: RegistryRun, _ entries: [RegistryEntry]) throws
    -> RegistryStore.Kept
  {
    try store.record(run) { keep in for entry in entries { try keep(entry) } }
  }

  @Test("a judgement is kept once, however often a run is repeated; each run is noted")
  func once() throws {
    let store = try RegistryStore(path("a.sqlite"), .writing)
    let entries = [
      entry("A", "1", [("1", "sbrt", "eligible")]), entry("B", "2", [("1", "sbrt", "conditional")]),
    ]
    #expect(try keep(store, run(1), entries).new == 2)
    let again = try keep(store, run(2), entries)
    #expect(again.new == 0 && again.known == 2)
    let judgements = try store.judgements()
    #expect(judgements.map(\.patient) == ["A", "B"] && judgements.allSatisfy { $0.runs == 2 })
    #expect(judgements[0].first == "2026-11-01T00:00:00Z" && judgements[0].last == "2026-11-02T00:00:00Z")
    #expect(throws: RegistryError.self) { try store.judgements(of: "Z") }
  }

  @Test(
    "what changed since a day: the newest verdicts against those before it, by the runs and not by when rows were made"
  )
  func changes() throws {
    let store = try RegistryStore(path("a.sqlite"), .writing)
    let one = entry("A", "1", [("1", "sbrt", "eligible"), ("1", "microwave", "ineligible")])
    let two = entry(
      "A", "2", [("1", "sbrt", "conditional"), ("1", "microwave", "ineligible"), ("2", "sbrt", "eligible")])
    _ = try keep(store, run(1), [one, entry("B", "1", [("1", "sbrt", "eligible")])])
    _ = try keep(store, run(5), [two, entry("C", "1", [("1", "sbrt", "eligible")])])
    func words(_ changes: [RegistryChange]) -> [String] {
      changes.map {
        "\($0.patient)\($0.lesion) \($0.modality) \($0.before?.verdict ?? "-") \($0.now?.verdict ?? "-")"
      }
    }
    let expected = ["A1 sbrt eligible conditional", "A2 sbrt - eligible", "C1 sbrt - eligible"]
    #expect(words(try store.changes(since: "2026-11-03T00:00:00Z")) == expected)
    #expect(try store.changes(since: "2026-11-06T00:00:00Z").isEmpty)
    // Back to what was said first: the old row is the newest again.
    _ = try keep(store, run(8), [one])
    #expect(
      words(try store.changes(since: "2026-11-07T00:00:00Z")) == [
        "A1 sbrt conditional eligible", "A2 sbrt eligible -",
      ])
    #expect(words(try store.changes(since: "2026-11-03T00:00:00Z")) == ["C1 sbrt - eligible"])
  }

  @Test("the same input read with other options is another judgement")
  func options() throws {
    let store = try RegistryStore(path("a.sqlite"), .writing)
    _ = try keep(store, run(1), [entry("A", "1", [("1", "sbrt", "eligible")], options: "size-factor=1")])
    let other = entry("A", "1", [("1", "sbrt", "ineligible")], options: "size-factor=10")
    #expect(try keep(store, run(2), [other]).new == 1)
    #expect(try store.changes(since: "2026-11-02T00:00:00Z").map { $0.now?.verdict } == ["ineligible"])
    #expect(try store.judgements(of: "A").map(\.options) == ["size-factor=1", "size-factor=10"])
  }

  @Test("what is newest is told by the runs' times, not by when they were kept")
  func backdated() throws {
    let store = try RegistryStore(path("a.sqlite"), .writing)
    _ = try keep(store, run(20), [entry("A", "2", [("1", "sbrt", "ineligible")])])
    _ = try keep(store, run(1), [entry("A", "1", [("1", "sbrt", "eligible")])])
    #expect(try store.changes(since: "2026-11-10T00:00:00Z").map { $0.now?.verdict } == ["ineligible"])
  }

  @Test("two protocols are compared over the patients that both judged; one is named by name or hash")
  func compare() throws {
    let store = try RegistryStore(path("a.sqlite"), .writing)
    _ = try keep(
      store, run(1),
      [entry("A", "1", [("1", "sbrt", "ineligible")]), entry("B", "1", [("1", "sbrt", "eligible")])])
    _ = try keep(store, run(2, "bbbbbbbb", "site"), [entry("A", "1", [("1", "sbrt", "eligible")])])
    let changes = try store.changes(fromProtocol: "default", to: "bbbbbb")
    #expect(changes.map(\.patient) == ["A"] && changes[0].before?.verdict == "ineligible")
    #expect(changes[0].now?.verdict == "eligible")
    // Of another input nothing is compared.
    _ = try keep(store, run(3, "bbbbbbbb", "site"), [entry("B", "9", [("1", "sbrt", "ineligible")])])
    #expect(try store.changes(fromProtocol: "default", to: "site").map(\.patient) == ["A"])
    for name in ["cccccc", "bb", ""] {
      #expect(throws: RegistryError.self) { try store.changes(fromProtocol: "default", to: name) }
    }
  }

  @Test("a run that fails on its way leaves nothing of itself")
  func whole() throws {
    struct Stop: Error {}
    let store = try RegistryStore(path("a.sqlite"), .writing)
    _ = try keep(store, run(1), [entry("A", "1", [("1", "sbrt", "eligible")])])
    #expect(throws: Stop.self) {
      try store.record(run(2)) { keep in
        try keep(entry("A", "2", [("1", "sbrt", "conditional")]))
        throw Stop()
      }
    }
    #expect(try store.judgements().map(\.inputSHA256) == ["1"])
    #expect(try store.changes(since: "2026-11-02T00:00:00Z").isEmpty)
  }

  @Test("an override stands beside the program's verdict, for what was judged alone")
  func override() throws {
    let store = try RegistryStore(path("a.sqlite"), .writing)
    _ = try keep(store, run(1), [entry("A", "1", [("1", "sbrt", "eligible")])])
    func decided(_ patient: String, _ lesion: String?, _ modality: String?) -> RegistryOverride {
      RegistryOverride(
        time: "2026-11-02T00:00:00Z", patient: patient, lesion: lesion, modality: modality,
        verdict: "ineligible",
        why: "declined", by: "Dr A")
    }
    try store.add(decided("A", "1", "sbrt"))
    try store.add(decided("A", nil, nil))
    #expect(try store.overrides(of: "A").count == 2 && store.overrides().count == 2)
    for wrong in [decided("Z", nil, nil), decided("A", "9", nil), decided("A", "1", "microwave")] {
      #expect(throws: RegistryError.self) { try store.add(wrong) }
    }
    #expect(try store.judgements(of: "A").count == 1)
  }

  @Test("readers see a whole state beside a writer, and a second writer is told to try again")
  func concurrent() throws {
    let store = try RegistryStore(path("a.sqlite"), .writing)
    _ = try keep(store, run(1), [entry("A", "1", [("1", "sbrt", "eligible")])])
    let reader = try RegistryStore(path("a.sqlite"), .reading)
    _ = try store.record(run(2)) { keep in
      try keep(entry("B", "1", [("1", "sbrt", "eligible")]))
      #expect(try reader.judgements().map(\.patient) == ["A"])
    }
    #expect(try reader.judgements().map(\.patient) == ["A", "B"])
    #expect(throws: RegistryError.self) { try keep(reader, run(3), []) }
  }

  @Test("what is no registry, is another program's or a newer version's is refused and left as it is")
  func foreign() throws {
    #expect(throws: RegistryError.self) { try RegistryStore(path("none.sqlite"), .reading) }
    #expect(!FileManager.default.fileExists(atPath: path("none.sqlite")))
    let text = Data("no database at all, but a longer text than a header has".utf8)
    try text.write(to: folder.appendingPathComponent("text.sqlite"))
    for access in [RegistryStore.Access.reading, .writing] {
      #expect(throws: RegistryError.self) { try RegistryStore(path("text.sqlite"), access) }
    }
    #expect(try Data(contentsOf: folder.appendingPathComponent("text.sqlite")) == text)
    // A registry of a newer version has a step that this one does not know.
    do {
      let store = try RegistryStore(path("new.sqlite"), .writing)
      try store.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2')") }
    }
    for access in [RegistryStore.Access.reading, .writing] {
      do {
        _ = try RegistryStore(path("new.sqlite"), access)
        Issue.record("a newer registry was opened")
      } catch { #expect(error.kind == .newer) }
    }
    do {
      let store = try RegistryStore(path("other.sqlite"), .writing)
      try store.write { try $0.execute(sql: "CREATE TABLE mine (x); DROP TABLE grdb_migrations") }
    }
    #expect(throws: RegistryError.self) { try RegistryStore(path("other.sqlite"), .writing) }
  }
}
