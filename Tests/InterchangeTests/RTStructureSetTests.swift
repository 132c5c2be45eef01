// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Foundation
import Phantoms
import PlanarGeometry
import Quantities
import Testing
import Vocabulary

@testable import Interchange

@Suite("RT structure sets")
struct RTStructureSetTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// A small structure set written element by element, so that it can be wrong in one place.
  private struct Draft {
    var sopClass = RTStructureSet.sopClass
    var frames = ["2.25.1", "2.25.1"]
    var names = ["Heart", "GTV"]
    var types = ["ORGAN", "GTV"]
    /// For each ROI, contours as (type, data).
    var contours: [[(String, String)]] = [
      [0, 3, 6].map { ("CLOSED_PLANAR", "0\\0\\\($0)\\40\\0\\\($0)\\40\\40\\\($0)\\0\\40\\\($0)") },
      [0, 3].map { ("CLOSED_PLANAR", "50\\0\\\($0)\\60\\0\\\($0)\\60\\10\\\($0)\\50\\10\\\($0)") },
    ]

    func write(_ path: String) throws {
      let file = try DICOMFile(creating: path)
      let data = file.dataset
      try data.put(.sopClassUID, sopClass)
      try data.put(.sopInstanceUID, "2.25.77")
      try data.put(.modality, sopClass == RTStructureSet.sopClass ? "RTSTRUCT" : "CT")
      try data.put(.patientID, "P1")
      for (index, name) in names.enumerated() {
        let roi = try data.append(.structureSetROISequence)
        try roi.put(.roiNumber, String(index + 1))
        try roi.put(.referencedFrameOfReferenceUID, frames[index])
        try roi.put(.roiName, name)
        let observation = try data.append(.rtROIObservationsSequence)
        try observation.put(.referencedROINumber, String(index + 1))
        try observation.put(.rtROIInterpretedType, types[index])
        let item = try data.append(.roiContourSequence)
        try item.put(.referencedROINumber, String(index + 1))
        for (type, values) in contours[index] {
          let contour = try item.append(.contourSequence)
          try contour.put(.contourGeometricType, type)
          try contour.put(.contourData, values)
        }
      }
      try FileAccess.write(try file.data(), to: path)
    }
  }

  private func run(_ draft: Draft, choice: RegionOfInterestChoice = .init()) throws -> PatientCase {
    let path = scratch.path("rs.dcm")
    try draft.write(path)
    var work = CaseImport()
    work.structureSets = [path]
    work.choice = choice
    return try work.run()
  }

  private func refusal(_ draft: Draft) throws -> String {
    do {
      _ = try run(draft)
      return "accepted"
    } catch let error as InputError { return error.description }
  }

  @Test("lesions, organs and their volumes")
  func plain() throws {
    let result = try run(Draft())
    #expect(result.patientID == "P1" && result.frameOfReference == "2.25.1")
    #expect(result.lesions.map(\.id) == ["GTV"])
    #expect(result.structures.map(\.name.role) == [.heart])
    #expect(abs(result.structures[0].solid.volume.cubicCentimeters - 1600 * 9 / 1000) < 1e-9)
    #expect(result.lesions[0].body?.solid.volume == .cubicMillimeters(600))
  }

  @Test("names in the file's own character set, long numbers, exponents and padding are read")
  func numbers() throws {
    var draft = Draft()
    draft.contours[1][0].1 = "5.0E+01\\ 0 \\0.0\\60.00000000000000000001\\+0\\0\\60\\10\\0\\50\\1e1\\0 "
    let result = try run(draft)
    #expect(result.lesions[0].body?.solid.volume == .cubicMillimeters(600))
  }

  @Test("points and open lines stay what they are")
  func markers() throws {
    var draft = Draft()
    draft.contours[0] = [("POINT", "1\\2\\3"), ("OPEN_PLANAR", "0\\0\\0\\1\\1\\0")]
    let result = try run(draft)
    #expect(result.structures.isEmpty)
    #expect(result.markers.map(\.isLine) == [false, true])
    #expect(result.markers[0].points == [SIMD3(1, 2, 3)])
  }

  @Test("a lone plane takes the set's spacing and says so")
  func lonePlane() throws {
    var draft = Draft()
    draft.contours[1].removeLast()
    let result = try run(draft)
    #expect(result.lesions[0].body?.solid.volume == .cubicMillimeters(300))
    #expect(result.warnings.contains { $0.contains("one plane only") && $0.contains("3.0 mm") })
  }

  @Test("a missing plane is named")
  func gap() throws {
    var draft = Draft()
    draft.contours[0] = [0, 3, 6, 15].map {
      ("CLOSED_PLANAR", "0\\0\\\($0)\\40\\0\\\($0)\\40\\40\\\($0)\\0\\40\\\($0)")
    }
    #expect(try run(draft).warnings.contains { $0.contains("between z 6.0 and 15.0") })
  }

  @Test("an ROI is what the user says it is")
  func choices() throws {
    let result = try run(Draft(), choice: .init(lesions: ["Heart"], structures: ["GTV"]))
    #expect(result.lesions.map(\.id) == ["Heart"])
    #expect(result.structures.map(\.sourceName) == ["GTV"])
    #expect(throws: InputError.self) { try run(Draft(), choice: .init(lesions: ["Liver"])) }
  }

  @Test("a target belongs to the lesion inside it; without one it stays a target")
  func targets() throws {
    var draft = Draft()
    draft.names = ["PTV 50Gy", "GTV"]
    draft.types = ["PTV", ""]
    let apart = try run(draft)
    #expect(apart.targets.map(\.lesions) == [[]])
    #expect(apart.warnings.contains { $0.contains("contains no lesion") })
    draft.contours[0] = draft.contours[1]
    #expect(try run(draft).targets.map(\.lesions) == [["GTV"]])
  }

  @Test("what would measure wrongly is refused by name")
  func refusals() throws {
    var draft = Draft()
    draft.frames = ["2.25.1", "2.25.2"]
    #expect(try refusal(draft).contains("frames of reference"))

    draft = Draft()
    draft.contours[1][0].1 = "50\\0\\0"
    #expect(try run(draft).warnings.contains { $0.contains("1 contours enclose no area") })

    draft = Draft()
    draft.contours = [[], []]
    #expect(try refusal(draft).contains("no contour"))

    draft = Draft()
    draft.contours[0][1].1 = "0\\0\\3\\40\\0\\3\\40\\40\\4\\0\\40\\3"
    #expect(try refusal(draft).contains("oblique"))

    draft = Draft()
    draft.contours[0][1].1 = "0\\0\\3\\40\\0\\3\\40\\40"
    #expect(try refusal(draft).contains("no list of x, y, z"))

    draft = Draft()
    draft.contours[0][1].1 = "0\\0\\3\\4@#\\0\\3\\40\\40\\3"
    #expect(try refusal(draft).contains("no number"))

    draft = Draft()
    draft.sopClass = "1.2.840.10008.5.1.4.1.1.2"
    #expect(try refusal(draft).contains("no RT Structure Set"))
  }

  @Test(
    "garbage in a decimal string is found",
    arguments: ["nan", "inf", "1.2.3", "--1", "1e", "0x10", "\u{0}\u{1}", "1,5", ""])
  func decimalStrings(text: String) {
    let bytes = Array("1\\\(text)\\3".utf8)
    #expect(throws: DecimalStringParser.Defect.self) {
      try bytes.withUnsafeBufferPointer { (buffer) throws(DecimalStringParser.Defect) in
        try DecimalStringParser.parse(buffer)
      }
    }
  }

  @Test("decimal strings are read to the last bit", arguments: 0..<50)
  func decimalRoundTrip(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let values = (0..<40).map { _ in
      Double.random(in: -1000...1000, using: &generator)
        * pow(10, Double.random(in: -6...4, using: &generator))
    }
    let bytes = Array(values.map { String($0) }.joined(separator: "\\").utf8)
    let read = try bytes.withUnsafeBufferPointer { (buffer) throws(DecimalStringParser.Defect) in
      try DecimalStringParser.parse(buffer)
    }
    #expect(read == values)
  }

  @Test("a file cut short, and files of other kinds, are refused", arguments: [200, 2000, 20000])
  func truncation(length: Int) throws {
    let path = scratch.path("whole.dcm")
    let phantom = try #require(try PhantomCatalogue.make(name: "spheres"))
    try RTStructureSetWriter(phantom.patientCase).write(to: path)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    let cut = try scratch.write("cut.dcm", [UInt8](whole.prefix(length)))
    #expect(throws: InputError.self) { try RTStructureSet(path: cut) }
    #expect(throws: InputError.self) { try RTStructureSet(path: try scratch.write("t.csv", "a,b\n1,2\n")) }
    #expect(throws: InputError.self) { try RTStructureSet(path: scratch.path("missing.dcm")) }
  }

  @Test("what is written reads back to the same bodies", arguments: ["spheres", "thorax", "liver"])
  func roundTrip(name: String) throws {
    let phantom = try #require(try PhantomCatalogue.make(name: name))
    let path = scratch.path("rs.dcm")
    try RTStructureSetWriter(phantom.patientCase).write(to: path)
    var work = CaseImport()
    work.structureSets = [path]
    let result = try work.run()
    for lesion in phantom.patientCase.lesions {
      guard let body = lesion.body?.solid else { continue }
      let back = try #require(result.lesions.first { $0.id == lesion.id }?.body?.solid, "\(lesion.id)")
      let ratio = back.volume.cubicMillimeters / body.volume.cubicMillimeters
      // Coordinates are written to a ten-thousandth of a millimetre.
      #expect(abs(ratio - 1) < 2e-4, "\(lesion.id): \(ratio)")
      #expect(back.slabs.count == body.slabs.count)
    }
    for structure in phantom.patientCase.structures {
      let back = try #require(
        result.structures.first { $0.name == structure.name && $0.derivation == nil }, "\(structure.name)")
      let ratio = back.solid.volume.cubicMillimeters / structure.solid.volume.cubicMillimeters
      #expect(abs(ratio - 1) < 1e-3, "\(structure.name.tg263): \(ratio)")
    }
    // The same case gives the same bytes.
    let again = scratch.path("again.dcm")
    try RTStructureSetWriter(phantom.patientCase).write(to: again)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: path)) == Data(contentsOf: URL(fileURLWithPath: again)))
  }

  @Test(
    "decimals keep within the 16 bytes of a decimal string",
    arguments: [(0.0, "0"), (-0.00004, "0"), (12.5, "12.5"), (-1234.56789, "-1234.5679"), (1e6, "1000000")])
  func decimals(value: Double, text: String) {
    #expect(RTStructureSetWriter.decimal(value) == text)
    #expect(text.utf8.count <= 16)
  }
}
