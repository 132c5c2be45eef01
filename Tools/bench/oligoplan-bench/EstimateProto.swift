import Anatomy
import ArgumentParser
import Cases
import Dosimetry
import Foundation
import Interchange
import Quantities
import Vocabulary

struct EstimateProto: ParsableCommand {
  @Argument var folder: String
  func run() throws {
    var work = CaseImport()
    work.structureSets = [folder + "/structures.dcm"]
    work.addsDerivedStructures = false
    let c = try work.run()
    let rows: [(Double, Double, Double, Double, Double)] = [
      (1.8, 5.9, 7.5, 0.5, 0.57), (3.8, 5.5, 6.5, 0.5, 0.57), (7.4, 5.1, 6, 0.5, 0.58), (13.2, 4.7, 5.8, 0.5, 0.58), (22, 4.5, 5.5, 0.54, 0.63), (34, 4.3, 5.3, 0.58, 0.68),
      (50, 4, 5, 0.62, 0.77), (70, 3.5, 4.8, 0.66, 0.86), (95, 3.3, 4.4, 0.7, 0.89), (126, 3.1, 4, 0.73, 0.91), (163, 2.9, 3.7, 0.77, 0.94)]
    let model = FallOffModel(
      gradient: (.init(factor: 0.674, exponent: 0.178), .init(factor: 0.66, exponent: 0.185)),
      conformity: rows.map { .init(volume: .cubicCentimeters($0.0), r50: ($0.1, $0.2), d2cm: ($0.3, $0.4)) },
      mandatory: [.init(below: nil, lung: 11, elsewhere: 9.5)], smallTarget: .cubicCentimeters(7), far: .init(floor: 0.1, length: .millimeters(50)))!
    let seeds = c.lesions.compactMap { $0.body?.solid }
    var bodies: [Solid] = []
    let (tp, _) = Times.of(runs: 3) { bodies = seeds.map { $0.expanded(by: Margin(.millimeters(5))!)! } }
    print("ptv", tp.medianMS, bodies.map(\.volume.cubicCentimeters))
    while bodies.count < 10 { bodies.append(bodies[bodies.count - seeds.count]) }
    let targets = bodies.map { FallOffTarget(solid: $0, prescription: .gray(54), isodose: 0.8, fallOff: model.fallOff(of: $0.volume, isCentral: false, inLung: true)!) }
    let ext = c.structures.first { $0.name.role == .external }!.solid.bounds
    for n in [1, 5, 10] {
      let (t, e) = try Times.of(runs: 5) { try DoseEstimate(of: Array(targets.prefix(n)), from: ext.low, through: ext.high, spacing: .millimeters(2.5)) }
      print("estimate", n, t.medianMS, e.expected.gray.count)
      if n == 10 {
        let organs = c.structures.filter { $0.name.role != .external }.map(\.solid)
        let (t1, h) = Times.of(runs: 5) { e.expected.histograms(of: organs) }
        print("dvh", organs.count, t1.medianMS)
        for (s, x) in zip(c.structures.filter { $0.name.role != .external }, h) { print(s.name.tg263, x.mean?.gray ?? -1, x.maximum?.gray ?? -1) }
        let lungs = c.structures.filter { $0.name.role == .lung }.map(\.solid)
        let (t2, _) = Times.of(runs: 5) { e.expected.histograms(of: lungs) }
        print("lungs", t2.medianMS)
      }
    }
  }
}
