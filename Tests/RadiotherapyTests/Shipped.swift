// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Dosimetry
import Eligibility
import Facts
import Interchange
import PlanarGeometry
import Planning
import Quantities
import Testing
import Vocabulary

@testable import Radiotherapy

/// The shipped protocol's radiotherapy, read once.
enum Shipped {
  static let careProtocol: Result<CareProtocol, any Error> = Result { try CareProtocolReader.shipped() }

  static func parameters() throws -> RadiotherapyParameters {
    try #require(try careProtocol.get().radiotherapy)
  }

  /// Facts by name, numbers in the fact's unit.
  static func facts(_ numbers: [String: Double] = [:], words: [String: String] = [:]) throws -> FactTable {
    var table = FactTable()
    for (name, value) in numbers {
      table[try #require(Fact(named: name), "\(name)")] = .number(value, .measured, "test")
    }
    for (name, word) in words {
      table[try #require(Fact(named: name), "\(name)")] = .word(word, .measured, "test")
    }
    return table
  }

  /// A ball on fine planes, so that its volume is its own.
  static func ball(_ centre: SIMD3<Double>, cc: Double) throws -> Solid {
    try Solid.ball(centre: centre, diameter: Volume.cubicCentimeters(cc).equivalentSphereDiameter)
  }

  /// A box of tissue around the origin.
  static func box(_ half: SIMD3<Double>, centre: SIMD3<Double> = .zero, spacing: Double = 5) throws -> Solid {
    let low = SIMD2(centre.x - half.x, centre.y - half.y)
    let high = SIMD2(centre.x + half.x, centre.y + half.y)
    var planes: [(z: Double, region: Region)] = []
    var z = centre.z - half.z + spacing / 2
    while z < centre.z + half.z {
      planes.append((z, .rectangle(low: low, high: high)))
      z += spacing
    }
    return try Solid(planes: planes, endCap: .half)
  }
}
