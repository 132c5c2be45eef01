// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Anatomy
internal import Quantities

/// What is set at the scanner: position, entry, depth, angles, applicators.
struct ScannerSettings {
  private typealias Run = InterventionItem.Run
  private let page: InterventionContent
  private let applicators: [PlannedApplicator]

  init(_ page: InterventionContent) {
    self.page = page
    applicators = page.proposal.applicators
  }

  /// The block's lines.
  var items: [InterventionItem] {
    guard let first = applicators.first else {
      return [.words([Run("No applicator was planned.", bold: true)])]
    }
    var items: [InterventionItem] = []
    if positions.isEmpty {
      let each = applicators.enumerated().map { index, applicator in
        "\(index + 1): \(titles(applicator.path.positions))"
      }
      items.append(
        .words([Run("No one position suits all applicators.", bold: true), Run(each.joined(separator: "; "))])
      )
    } else {
      items.append(.words([Run("Position:", bold: true), Run(titles(positions))]))
    }
    items += applicators.count == 1 ? single(first) : several
    items += angles
    return items
  }

  /// Positions that suit every applicator, the first one's preferred first.
  private var positions: [PatientPosition] {
    (applicators.first?.path.positions ?? []).filter { position in
      applicators.allSatisfy { $0.path.positions.contains(position) }
    }
  }

  private func titles(_ positions: [PatientPosition]) -> String {
    positions.isEmpty ? "none" : positions.map(\.title).joined(separator: ", or ")
  }

  private func single(_ applicator: PlannedApplicator) -> [InterventionItem] {
    let path = applicator.path
    var items: [InterventionItem] = [
      .words([Run("Entry", bold: true), Run(AblationWords.point(path.entry) + ";"), Run(relative(path))]),
      .words([
        Run("Slice of the entry", bold: true),
        Run(
          "z \(Figures.number(path.entry.z, digits: 1)) mm in the images' frame, \(height(path)) the lesion's centre"
        ),
      ]),
      .words([
        Run("Depth \(Figures.millimeters(path.depth))", bold: true),
        Run("from skin to tip; tip at \(AblationWords.point(path.tip))"),
      ]),
      .words([Run("Applicator", bold: true), Run(AblationWords.length(applicator))]),
    ]
    if applicator.pullBacks.count > 1 {
      let depths = applicator.pullBacks.map { Figures.number((path.depth - $0).millimeters, digits: 1) }
      items.append(
        .words([
          Run("\(applicator.pullBacks.count) positions,", bold: true),
          Run(
            "tip at \(depths.joined(separator: ", ")) mm depth, deepest first: pulled back by \(AblationWords.pulled(applicator)) mm"
          ),
        ]))
    }
    return items
  }

  private func relative(_ path: NeedlePath) -> String {
    "from the lesion's centre \(PatientDirection.offset(path.entry - page.centre))"
  }

  private func height(_ path: NeedlePath) -> String {
    let rise = path.entry.z - page.centre.z
    guard abs(rise) >= 0.5 else { return "level with" }
    return "\(Figures.number(abs(rise), digits: 0)) mm towards the \(rise > 0 ? "head" : "feet") from"
  }

  // MARK: Several

  private var several: [InterventionItem] {
    let isPulled = applicators.contains { $0.pullBacks.count > 1 }
    let columns =
      ["no.", "enters at x, y, z (mm)", "from the lesion's centre", "depth (mm)", "length (mm)"]
      + (isPulled ? ["pulled back by (mm)"] : [])
    let rows = applicators.enumerated().map { index, applicator in
      let path = applicator.path
      let entry = [path.entry.x, path.entry.y, path.entry.z].map { Figures.number($0, digits: 1) }
      return [
        "\(index + 1)", entry.joined(separator: ", "), PatientDirection.offset(path.entry - page.centre),
        Figures.number(path.depth.millimeters, digits: 1),
        applicator.length.map { Figures.number($0.millimeters, digits: 0) } ?? "none",
      ] + (isPulled ? [applicator.pullBacks.count > 1 ? AblationWords.pulled(applicator) : ""] : [])
    }
    return [
      .table(
        ReportTable(
          columns.map { .init($0, width: 20) }, rows.map { $0.map { ReportTable.Cell($0) } },
          legend: "Depth from skin to tip; the entry's z is its slice in the images' frame.")),
      .words([Run("Apart", bold: true), Run(spacing)]),
    ]
  }

  /// How far needle paths lie apart across the first one, measured between the tips; of many, each from its nearest.
  private var spacing: String {
    guard let axis = applicators.first?.path.direction else { return "" }
    let tips = applicators.map(\.path.tip)
    func apart(_ i: Int, _ j: Int) -> Double {
      let offset = tips[j] - tips[i]
      let across = offset - axis * (offset * axis).sum()
      return (across * across).sum().squareRoot()
    }
    func words(_ i: Int, _ j: Int) -> String { "\(i + 1)–\(j + 1) \(Figures.number(apart(i, j), digits: 1))" }
    guard tips.count > 4 else {
      let pairs = tips.indices.flatMap { i in tips.indices.filter { $0 > i }.map { words(i, $0) } }
      return "\(pairs.joined(separator: ", ")) mm, between the needle paths"
    }
    let nearest = tips.indices.compactMap { i in
      tips.indices.filter { $0 != i }.min { apart(i, $0) < apart(i, $1) }.map { words(i, $0) }
    }
    return "\(nearest.joined(separator: ", ")) mm, between each needle path and its nearest"
  }

  // MARK: Angles

  private var angles: [InterventionItem] {
    guard let first = applicators.first?.path else { return [] }
    // Needle paths of a bundle are parallel; others are described one by one.
    let isParallel = applicators.allSatisfy { ($0.path.direction * first.direction).sum() > 0.99996 }
    let told = isParallel ? [(nil as Int?, first)] : applicators.enumerated().map { ($0 + 1, $1.path) }
    return told.flatMap { (number, path) -> [InterventionItem] in
      let told = positions.isEmpty ? path.positions : positions
      return (isParallel ? told : Array(told.prefix(1))).map { position in
        let lead = (number.map { "\($0), " } ?? "") + position.title
        return .words([
          Run("Advance, \(lead):", bold: true),
          Run(AblationWords.advance(path, in: position)),
        ])
      }
    }
  }
}
