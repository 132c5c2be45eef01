// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Desks that are free: each task takes one and gives it back, with what it has learnt.
final class DeskPool<Desk>: Sendable {
  private let free = Mutex<[Held]>([])
  private let make: @Sendable () -> sending Desk

  /// A desk is at one task at a time, so that its lock is always free.
  private final class Held: Sendable {
    let desk: Mutex<Desk>
    init(_ make: () -> sending Desk) { desk = Mutex(make()) }
  }

  init(_ make: @escaping @Sendable () -> sending Desk) { self.make = make }

  /// Gives a task a desk for as long as it needs one.
  func withDesk<Result: Sendable>(_ body: (Desk) throws -> Result) rethrows -> Result {
    let held = free.withLock { $0.popLast() } ?? Held(make)
    defer { free.withLock { $0.append(held) } }
    return try held.desk.withLock { try body($0) }
  }
}
