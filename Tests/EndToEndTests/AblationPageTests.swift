// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A drawing as XML: its texts with the room they take.
private final class PageReader: NSObject, XMLParserDelegate {
  struct Text {
    var words = ""
    let low: SIMD2<Double>
    let high: SIMD2<Double>
  }

  private(set) var texts: [Text] = []
  private(set) var root = ""
  private var isText = false

  /// A page; `nil` when it is not well-formed.
  init?(_ data: Data) {
    super.init()
    let parser = XMLParser(data: data)
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    if root.isEmpty { root = name }
    guard name == "text" else { return }
    isText = true
    func number(_ key: String) -> Double { attributes[key].flatMap(Double.init) ?? .nan }
    let (x, y, size, width) = (number("x"), number("y"), number("font-size"), number("textLength"))
    let left: Double =
      switch attributes["text-anchor"] {
      case "middle": x - width / 2
      case "end": x - width
      default: x
      }
    // Capitals reach 0.72 of the size above the line; tails 0.2 below it.
    texts.append(Text(low: SIMD2(left, y - 0.72 * size), high: SIMD2(left + width, y + 0.2 * size)))
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?)
  {
    if name == "text" { isText = false }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if isText { texts[texts.count - 1].words += string }
  }
}

/// A page: its words without markup, and its drawings.
private struct Page {
  let words: String
  let drawings: [PageReader]

  init(_ html: String) throws {
    var drawings: [PageReader] = []
    var rest: Substring = html[...]
    while let start = rest.range(of: "<svg xmlns"), let end = rest[start.lowerBound...].range(of: "</svg>") {
      drawings.append(try #require(PageReader(Data(rest[start.lowerBound..<end.upperBound].utf8))))
      rest = rest[end.upperBound...]
    }
    self.drawings = drawings
    let body = String(html[(html.range(of: "</style>")?.upperBound ?? html.startIndex)...])
    words = body.replacing(/<\/t[dh]>/, with: " ").replacing(/<[^>]*>/, with: "").replacing("&lt;", with: "<")
      .replacing("&gt;", with: ">")
      .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }

  /// Whether three figures stand one after another, each printed with one decimal.
  func states(_ point: [Double]) -> Bool {
    let figures = words.matches(of: /-?\d+\.\d\b/).compactMap { Double($0.output) }
    return figures.indices.dropLast(2).contains { start in
      zip(figures[start...], point).allSatisfy { abs($0 - $1) < 0.051 }
    }
  }
}

@Suite("Pages of a planned ablation", .serialized)
final class AblationPageTests: CommandFolder {
  private func page(_ path: String) throws -> Page {
    try Page(String(decoding: try Data(contentsOf: folder.appendingPathComponent(path)), as: UTF8.self))
  }

  @Test(
    "each proposal has its page: with the plan's entries, drawings well-formed, nothing written over anything else in them"
  )
  func pages() throws {
    try thoraxCase()
    let planned = try run(
      "plan", "case.json", "--modality", "ablation", "--lesion", "L1", "--lesion", "L3", "--lesion", "L6",
      "--candidates", "3000", "--pages", "some/pages", "--format", "json")
    #expect(planned.status == 0, "\(planned.errors)")
    #expect(planned.errors.contains("wrote 9 pages to some/pages"), "\(planned.errors)")
    let plan = try #require(try JSONSerialization.jsonObject(with: planned.output) as? [String: Any])
    let proposals = try #require(plan["proposals"] as? [[String: Any]])
    #expect(proposals.count == 9)
    var applicators = 0
    for entry in proposals {
      let (lesion, energy) = (
        try #require(entry["lesion"] as? String), try #require(entry["modality"] as? String)
      )
      let page = try page("some/pages/\(lesion)-\(energy).html")
      #expect(page.drawings.count == 2)
      for words in [
        "Patient PHANTOM-THORAX · lesion \(lesion)", "to be confirmed on the planning scan",
        "informs, no medical device",
        "Planning scan in position", "consent", "20 mm", "R", "L", "Least margin",
        "Protocol oligoplan-default",
      ] {
        #expect(page.words.contains(words), "\(lesion) \(energy): \(words)")
      }
      let proposal = try #require(entry["proposal"] as? [String: Any])
      for applicator in try #require(proposal["applicators"] as? [[String: Any]]) {
        applicators += 1
        let point = try #require(applicator["entryMM"] as? [Double])
        let isStated = page.states(point)
        #expect(isStated, "\(lesion) \(energy): \(point)")
        let isOther = page.states(point.map { $0 + 1 })
        #expect(!isOther, "\(lesion) \(energy): another point")
      }
      for drawing in page.drawings {
        #expect(drawing.texts.count > 4)
        for (index, a) in drawing.texts.enumerated() {
          #expect(
            a.low.x >= 0 && a.low.y >= 0 && a.high.x <= 360 && a.high.y <= 360,
            "\(lesion) \(energy): \(a.words) leaves the drawing")
          for b in drawing.texts[(index + 1)...] {
            let apart =
              a.high.x <= b.low.x || b.high.x <= a.low.x || a.high.y <= b.low.y || b.high.y <= a.low.y
            #expect(apart, "\(lesion) \(energy): \(a.words) over \(b.words)")
          }
        }
      }
    }
    #expect(applicators >= 9)
  }

  @Test("ids with marks of XML are kept as they are, and their files have names of their own")
  func names() throws {
    try write(
      "l.csv",
      "lesion_id,site,longest_diameter_mm,x_mm,y_mm,z_mm\n\"A&<B>\",lung,12,-110,0,60\n\"A<&B>\",lung,12,-100,40,80\n"
    )
    try thoraxFiles()
    let imported = try run(
      "import", "--structures", "thorax/structures.dcm", "--lesions", "l.csv", "--patient",
      "thorax/patient.yaml", "-o", "case.json")
    #expect(imported.status == 0, "\(imported.errors)")
    let planned = try run(
      "plan", "case.json", "--modality", "microwave", "--lesion", "A&<B>", "--lesion", "A<&B>",
      "--candidates", "2000", "--pages", "pages")
    #expect(planned.status == 0, "\(planned.errors)")
    #expect(try page("pages/A__B_-microwave.html").words.contains("lesion A&<B> · lung"))
    let second = try page("pages/A__B__2-microwave.html")
    #expect(second.words.contains("lesion A<&B> · lung") && second.words.contains("modelled"))
  }

  @Test("without a needle path the page says why, and no page is half written where none can be")
  func noWay() throws {
    try write(
      "short.yaml",
      """
      schema: oligoplan.devices/1
      devices:
        - {id: short, name: Short, energy: microwave, basis: clinical, tissue: lung, derating: 1, lengthsMM: [30],
           diameterMM: 2, mark: verified, sources: [own],
           settings: [{id: "60 W 5 min", longMM: 30, shortMM: 26, pastTipMM: 3}]}
      """)
    try thoraxCase()
    let arguments = [
      "plan", "case.json", "--modality", "microwave", "--lesion", "L1", "--devices", "short.yaml", "--device",
      "short", "--candidates", "1000", "--pages",
    ]
    let planned = try Command.run(arguments + ["pages"], in: folder)
    #expect(planned.status == 0, "\(planned.errors)")
    let words = try page("pages/L1-microwave.html").words
    #expect(words.contains("No needle path to the lesion") && words.contains("longer than any applicator"))
    #expect(words.contains("No applicator was planned"))

    try write("file", "not a folder")
    let refused = try Command.run(arguments + ["file/pages"], in: folder)
    #expect(refused.status == 73 && refused.errors.contains("file/pages"), "\(refused.errors)")
  }
}
