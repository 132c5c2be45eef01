// SPDX-License-Identifier: Apache-2.0
/// When to stop looking for a better solution.
///
/// With nodes alone the answer depends on the programme and the version of CBC only; with seconds it also
/// depends on how fast and how busy the machine is.
public struct SolveLimit: Sendable, Hashable {
  /// The most nodes of the search tree, 1 or more; the work at a node grows with the programme.
  public var nodes: Int
  /// The most wall-clock seconds, positive, or `nil` for no such limit.
  public var seconds: Double?

  /// A limit on nodes, and on wall-clock seconds only where they are given; checked by `solve`.
  public init(nodes: Int = 100_000, seconds: Double? = nil) {
    self.nodes = nodes
    self.seconds = seconds
  }

  func check() throws(ProgrammeDefect) {
    guard nodes > 0, nodes <= Int(Int32.max) else { throw .limit }
    if let seconds, !(seconds > 0 && seconds.isFinite) { throw .limit }
  }
}
