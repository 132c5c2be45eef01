// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// What the report's views are drawn from, as its script reads it: bodies, and of each lesion what is planned.
///
/// Frame: DICOM patient coordinates (LPS), millimetres. Names are made visible before they come here.
struct SceneDocument: Encodable {
  /// The step of the bodies' coordinates.
  let unitMM: Double
  /// What the bodies' coordinates are counted from.
  let origin: [Double]
  /// By how much outlines may lie beside those of the case, which every figure is calculated from.
  let toleranceMM: Double
  let bodies: [Body]
  let lesions: [LesionEntry]

  /// A stack of right prisms.
  struct Body: Encodable {
    let id: Int
    let name: String
    let role: String
    /// `structure`, `lesion`, `ptv` or `specimen`.
    let kind: String
    /// Whether it was derived or modelled, not contoured.
    let derived: Bool
    /// Lower and upper end of each slab.
    let slabs: [Double]
    /// Rings of each slab.
    let rings: [Int]
    /// Points of each ring, all slabs one after the other.
    let points: [Int]
    /// Int16, little-endian, x and y in turn, in base64.
    let xy: String
  }

  struct LesionEntry: Encodable {
    let id: String
    let title: String
    let place: String
    let body: Int
    let centre: [Double]
    let low: [Double]
    let high: [Double]
    let distances: [Distance]
    let therapies: [Therapy]
  }

  struct Distance: Encodable {
    let structure: String
    let mm: Double
    let from: [Double]
    let to: [Double]
  }

  struct Therapy: Encodable {
    let key: String
    let title: String
    let chosen: Bool
    var needles: [Needle]?
    var zones: [Zone]?
    var ice: [Zone]?
    var ptv: Int?
    var isodoses: [Isodose]?
    var specimen: Int?
  }

  struct Needle: Encodable {
    let entry: [Double]
    let tip: [Double]
    let depthMM: Double
    let pullBacksMM: [Double]
  }

  /// A spheroid by its semi-axes.
  struct Zone: Encodable {
    let centre: [Double]
    let axis: [Double]
    let alongMM: Double
    let acrossMM: Double
  }

  /// How far from the target's surface a share of the prescription lies: as expected, in a good and in a poor plan.
  struct Isodose: Encodable {
    let percent: Double
    let gray: Double
    let mm: Double
    let lowMM: Double
    let highMM: Double
  }

  /// The JSON text.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
