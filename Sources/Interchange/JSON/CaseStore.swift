// SPDX-License-Identifier: Apache-2.0
public import Cases
internal import Imaging
internal import Dosimetry
public import Foundation

/// Cases on disk: a directory with `case.json` and its bodies beside it, or one file with both.
public enum CaseStore {
  static let documentName = "case.json"
  static let bodiesName = "bodies.bin"
  static let dosesName = "doses.bin"

  /// A case with the hash that plans name it by.
  public struct Stored: Sendable {
    /// The case.
    public let patientCase: PatientCase
    /// SHA-256 of its document, in hexadecimal.
    public let sha256: String
  }

  /// Writes a case: to one file when the path ends in `.json`, else to a directory, whole or not at all.
  ///
  /// - Throws: `InputError` of kind `cannotWrite`.
  public static func write(_ patientCase: PatientCase, to path: String, tool: String) throws {
    if path.lowercased().hasSuffix(".json") {
      try FileAccess.write(try singleFile(patientCase, tool: tool), to: path)
      return
    }
    let (document, bodies, doses) = try encode(patientCase, tool: tool, embedding: false)
    let image = try patientCase.ct.map { [(ImageStore.fileName, OutputBytes(try $0.packed()))] } ?? []
    var outputs = OutputSet()
    outputs.add(
      folder: [(documentName, OutputBytes(document)), (bodiesName, OutputBytes(bodies))]
        + (patientCase.doses.isEmpty ? [] : [(dosesName, doses.bytes)]) + image, to: path,
      owns: [documentName, bodiesName, dosesName, ImageStore.fileName].contains)
    try outputs.publish()
  }

  /// Whether a path is that of a case rather than of a patient's files.
  ///
  /// A case is a folder with a case in it, a `.json` file that is not plainly something else, or `-`. A file that is not
  /// there counts as one, whose reader says so.
  public static func isCase(_ path: String) -> Bool {
    guard path != "-" else { return true }
    guard path.lowercased().hasSuffix(".json") else {
      return FileManager.default.fileExists(
        atPath: URL(fileURLWithPath: path).appendingPathComponent(documentName).path)
    }
    return switch JSONKind(path) {
    case .ours(let schema): schema.hasPrefix("oligoplan.case/")
    case .rows, .other: false
    case .unreadable: true
    }
  }

  /// The single-file form.
  public static func singleFile(_ patientCase: PatientCase, tool: String) throws -> Data {
    try encode(patientCase, tool: tool, embedding: true).document
  }

  /// Reads a case from a directory, a file, or standard input (`-`).
  ///
  /// - Throws: `InputError` for a missing, foreign, newer or damaged case.
  public static func read(_ path: String) throws -> Stored {
    let (document, bodiesPath) = try documentData(path)
    var decoded: CaseDocument
    do {
      let probe = try JSONDecoder().decode(SchemaProbe.self, from: document)
      guard probe.schema == CaseDocument.schemaName else {
        throw InputError(
          file: path, place: "schema", "is \(probe.schema ?? "missing"), not \(CaseDocument.schemaName)",
          advice: "give a case made by oligoplan import")
      }
      decoded = try JSONDecoder().decode(CaseDocument.self, from: document)
    } catch let error as InputError {
      throw error
    } catch {
      throw InputError(
        file: path, "is no case (not the JSON that is expected)",
        advice: "make one with oligoplan import … -o CASE")
    }
    decoded.writeOutNames()
    let folder = bodiesPath.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
    let bodies = try part(
      "bodies", decoded.bodies, decoded.bodiesSHA256, folder?.appendingPathComponent(bodiesName).path, path)
    let store = try BodyStore(bodies, file: path)
    return Stored(
      patientCase: try decoded.patientCase(
        store, try doses(of: decoded, folder?.appendingPathComponent(dosesName).path, path),
        ct: try image(of: decoded, folder?.appendingPathComponent(ImageStore.fileName).path, path), file: path
      ),
      sha256: FileAccess.sha256(document))
  }

  /// A binary part, from within the document or beside it, held against its hash.
  private static func part(
    _ name: String, _ inline: String?, _ hash: String, _ beside: String?, _ path: String
  ) throws -> Data {
    let data: Data
    if let inline {
      guard let decoded = Data(base64Encoded: inline) else {
        throw InputError(file: path, place: name, "is not base64")
      }
      data = decoded
    } else if let beside {
      data = try FileAccess.read(beside)
    } else {
      throw InputError(
        file: path, "holds no \(name)", advice: "give the case's directory or its single-file form")
    }
    guard FileAccess.sha256(data) == hash else {
      throw InputError(
        file: inline == nil ? beside ?? path : path, "does not match the hash in \(documentName)",
        advice: "the case was changed or damaged; import it again")
    }
    return data
  }

  /// The doses, from within the document or beside it.
  private static func doses(
    of document: CaseDocument, _ beside: String?, _ path: String
  ) throws -> [CourseDose] {
    guard let entries = document.doses else { return [] }
    let hash = document.dosesSHA256 ?? ""
    if let inline = document.doseVoxels {
      guard let data = Data(base64Encoded: inline) else {
        throw InputError(file: path, place: "doseVoxels", "is not base64")
      }
      var used = 0
      return try DoseStore.doses(entries, size: data.count, hash: hash, file: path) { buffer in
        guard buffer.count <= data.count - used else { return false }
        data.copyBytes(to: buffer, from: (data.startIndex + used)..<(data.startIndex + used + buffer.count))
        used += buffer.count
        return true
      }
    }
    guard let beside else {
      throw InputError(
        file: path, "holds no doseVoxels", advice: "give the case's directory or its single-file form")
    }
    let file = try Descriptor.reading(try PipeContents.readable(beside))
    return try DoseStore.doses(entries, size: Int(file.status.st_size), hash: hash, file: beside) {
      buffer throws(InputError) in try file.fill(buffer, of: beside)
    }
  }

  /// The CT beside the document; its voxels are read when they are asked for.
  private static func image(
    of document: CaseDocument, _ beside: String?, _ path: String
  ) throws(InputError) -> KeptImage? {
    guard let entry = document.ct else { return nil }
    guard let beside, FileManager.default.fileExists(atPath: beside) else {
      throw InputError(
        file: path, "names a CT that is not beside it", advice: "give the case's directory as import wrote it"
      )
    }
    return try ImageStore.kept(entry, at: beside, file: path)
  }

  private struct SchemaProbe: Decodable { let schema: String? }

  /// The hash of a case's document, which names its bodies by theirs, without reading these.
  ///
  /// - Throws: `InputError` for a case that is not there.
  static func documentHash(_ path: String) throws(InputError) -> String {
    do { return FileAccess.sha256(try documentData(path).0) } catch let error as InputError {
      throw error
    } catch {
      throw InputError(file: path, "cannot be read")
    }
  }

  private static func documentData(_ path: String) throws -> (Data, bodies: String?) {
    if path == "-" { return (try FileAccess.standardInput(), nil) }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw InputError(
        .notFound, file: path, "no such case", advice: "make one with oligoplan import … -o CASE")
    }
    let url = URL(fileURLWithPath: path)
    let folder = isDirectory.boolValue ? url : url.deletingLastPathComponent()
    let document = isDirectory.boolValue ? url.appendingPathComponent(documentName).path : path
    return (try FileAccess.read(document), folder.appendingPathComponent(bodiesName).path)
  }

  private static func encode(
    _ patientCase: PatientCase, tool: String, embedding: Bool
  ) throws -> (document: Data, bodies: Data, doses: DoseStore) {
    var store = BodyStore()
    var doseStore = DoseStore()
    var document = CaseDocument(patientCase, tool: tool, store: &store, doseStore: &doseStore)
    let bodies = store.data
    document.bodiesSHA256 = FileAccess.sha256(bodies)
    if embedding { document.bodies = bodies.base64EncodedString() }
    // A hundred megabytes of image in a document would be read with it every time: a single file goes without.
    if !embedding, let ct = patientCase.ct { document.ct = ImageStore.entry(ct) }
    if let entries = document.doses {
      document.dosesSHA256 = try doseStore.sha256(entries)
      if embedding { document.doseVoxels = doseStore.data.base64EncodedString() }
    }
    return (try JSONText.encode(document), bodies, doseStore)
  }
}
