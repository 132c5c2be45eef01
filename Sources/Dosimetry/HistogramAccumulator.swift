// SPDX-License-Identifier: Apache-2.0
/// Volumes gathered by dose, each spread evenly over its own small range of dose.
///
/// A box of dose adds a ramp to the cumulative volume. Ramps are kept by their second differences at the bin
/// edges, four additions a box however many bins it spans, and summed twice at the end.
struct HistogramAccumulator: Sendable {
  static let bins = 8192
  /// The least dose; everything below is put there.
  let low: Double
  let high: Double
  let binWidth: Double
  private var secondDifferences: [Double]
  /// The volume so far in cubic millimetres.
  private(set) var volume = 0.0
  /// The volume times dose so far.
  private(set) var integral = 0.0

  init(low: Double, high: Double) {
    self.low = low
    // A uniform dose still needs a range to be put into.
    self.high = max(high, low + max(1e-6, abs(low) * 1e-9))
    binWidth = (self.high - low) / Double(Self.bins)
    secondDifferences = [Double](repeating: 0, count: Self.bins + 3)
  }

  /// Where a run of volumes is put, without checks of storage for each.
  struct Deposit {
    private let differences: UnsafeMutableBufferPointer<Double>
    private let low: Double
    private let high: Double
    private let binWidth: Double
    private let binsPerGray: Double
    fileprivate private(set) var volume = 0.0
    fileprivate private(set) var integral = 0.0

    fileprivate init(
      _ differences: UnsafeMutableBufferPointer<Double>, low: Double, high: Double, binWidth: Double
    ) {
      self.differences = differences
      self.low = low
      self.high = high
      self.binWidth = binWidth
      binsPerGray = 1 / binWidth
    }

    /// Counts what was added, for the mean.
    mutating func count(volume: Double, integral: Double) {
      self.volume += volume
      self.integral += integral
    }

    /// Adds a volume whose doses reach from `dose - halfRange` to `dose + halfRange`.
    @inline(__always)
    func add(_ part: Double, dose: Double, halfRange: Double) {
      let half = max(halfRange, binWidth * 0.5)
      // The range cannot leave what the exact extremes allow.
      let from = min(max(dose - half, low), high - binWidth)
      let to = max(min(dose + half, high), from + binWidth)
      let slope = part * binWidth / (to - from)
      let start = (from - low) * binsPerGray
      let first = Int(start)
      let inFirst = slope * (start - Double(first))
      differences[first] += slope - inFirst
      differences[first + 1] += inFirst
      let end = (to - low) * binsPerGray
      let last = min(Int(end), HistogramAccumulator.bins)
      let inLast = slope * (end - Double(last))
      differences[last] -= slope - inLast
      differences[last + 1] -= inLast
    }
  }

  /// Lends a deposit; what it gathered counts when the body returns.
  mutating func withDeposit(_ body: (inout Deposit) -> Void) {
    let (low, high, binWidth) = (self.low, self.high, self.binWidth)
    let (volume, integral) = secondDifferences.withUnsafeMutableBufferPointer { differences in
      var deposit = Deposit(differences, low: low, high: high, binWidth: binWidth)
      body(&deposit)
      return (deposit.volume, deposit.integral)
    }
    self.volume += volume
    self.integral += integral
  }

  mutating func merge(_ other: HistogramAccumulator) {
    volume += other.volume
    integral += other.integral
    for index in secondDifferences.indices { secondDifferences[index] += other.secondDifferences[index] }
  }

  /// The volume that receives at least the dose of each bin edge.
  func cumulative() -> [Double] {
    var edges = [Double](repeating: 0, count: Self.bins + 1)
    var slope = 0.0
    var below = 0.0
    for edge in 0...Self.bins {
      edges[edge] = max(0, volume - below)
      slope += secondDifferences[edge]
      below += slope
    }
    edges[0] = volume
    edges[Self.bins] = 0
    return edges
  }
}
