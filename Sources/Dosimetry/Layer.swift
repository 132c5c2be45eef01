// SPDX-License-Identifier: Apache-2.0
/// A layer of a slab as weights on the grid's planes: dose is linear between them, so its mean over the layer
/// and its rise through it are weighted sums of nodes.
struct Layer {
  /// The lowest plane that counts.
  let plane: Int
  /// The weight of each plane from there on in the mean.
  let mean: [Double]
  /// The weight of each plane in the range through the layer.
  let rise: [Double]
  /// The layer's thickness in millimetres.
  let thickness: Double

  /// The layers between two heights inside the grid, each no higher than wanted, but never thinner than need be.
  static func layers(from low: Double, to high: Double, height: Double, planes: [Double]) -> [Layer] {
    let count = max(1, Int(((high - low) / height - 1e-9).rounded(.up)))
    let thickness = (high - low) / Double(count)
    return (0..<count).map { index in
      Layer(
        from: low + Double(index) * thickness,
        to: index + 1 == count ? high : low + Double(index + 1) * thickness,
        planes)
    }
  }

  private init(from low: Double, to high: Double, _ planes: [Double]) {
    var first = 0
    while first < planes.count - 2, planes[first + 1] <= low { first += 1 }
    var last = first + 1
    while last < planes.count - 1, planes[last] < high { last += 1 }
    var mean = [Double](repeating: 0, count: last - first + 1)
    var rise = mean
    func share(_ z: Double, _ k: Int) -> Double { (z - planes[k]) / (planes[k + 1] - planes[k]) }
    for k in first..<last {
      let (a, b) = (max(low, planes[k]), min(high, planes[k + 1]))
      guard b > a else { continue }
      let weight = (b - a) / (high - low)
      let middle = share((a + b) / 2, k)
      mean[k - first] += weight * (1 - middle)
      mean[k - first + 1] += weight * middle
      // The whole range through the layer, as if dose rose evenly.
      let climb = share(b, k) - share(a, k)
      rise[k - first] -= climb
      rise[k - first + 1] += climb
    }
    plane = first
    self.mean = mean
    self.rise = rise
    thickness = high - low
  }
}
