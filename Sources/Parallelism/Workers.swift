// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Foundation
internal import Synchronization

/// Work shared out to as many tasks as there are processors.
///
/// Items are dealt out in turn, always to the same task of the same number, so that sums come out the same to the
/// last bit in every run.
package enum Workers {
  /// Asked once: on Linux the answer is read from files.
  private static let processors = ProcessInfo.processInfo.activeProcessorCount

  /// Runs `body` once for every index below `count` and returns what each task gathered.
  ///
  /// With one item, or one processor, everything runs in the caller's task.
  package static func gather<State: Sendable>(
    _ count: Int, into empty: @Sendable () -> State, _ body: @Sendable (Int, inout State) -> Void
  ) -> [State] {
    let tasks = min(count, processors)
    guard tasks > 1 else {
      var state = empty()
      for index in 0..<count { body(index, &state) }
      return [state]
    }
    let states = Mutex<[State?]>([State?](repeating: nil, count: tasks))
    withoutActuallyEscaping(body) { body in
      DispatchQueue.concurrentPerform(iterations: tasks) { task in
        var state = empty()
        for index in stride(from: task, to: count, by: tasks) { body(index, &state) }
        states.withLock { $0[task] = state }
      }
    }
    return states.withLock { $0.compactMap(\.self) }
  }

  /// What `body` makes of every index below `count`, in their order.
  ///
  /// Each item goes to whoever is free: for items of unequal length.
  ///
  /// - Parameter tasks: at most so many at once; as many as there are processors without it.
  package static func map<Made: Sendable, Failure: Error>(
    _ count: Int, tasks most: Int? = nil, _ body: @Sendable (Int) throws(Failure) -> Made
  ) throws(Failure) -> [Made] {
    let next = Atomic<Int>(0)
    let parts = gather(
      min(count, most ?? processors), into: { [(Int, Result<Made, Failure>)]() }
    ) { _, made in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        do throws(Failure) {
          made.append((index, .success(try body(index))))
        } catch {
          made.append((index, .failure(error)))
        }
      }
    }
    var all: [Made] = []
    for (_, result) in parts.joined().sorted(by: { $0.0 < $1.0 }) { all.append(try result.get()) }
    return all
  }

  /// Several arrays of one length whose parts are filled side by side, without a copy.
  ///
  /// - Parameters:
  ///   - arrays: how many.
  ///   - count: the elements of each, a multiple of `parts`.
  ///   - parts: the parts of equal length.
  ///   - empty: what each task starts with.
  ///   - body: writes every element of one part of every array; the slices of different parts are disjoint.
  package static func fill<Element: BitwiseCopyable & Sendable, State: Sendable>(
    arrays: Int, count: Int, parts: Int, into empty: @Sendable () -> State,
    _ body: @Sendable (Int, [UnsafeMutableBufferPointer<Element>], inout State) -> Void
  ) -> [[Element]] {
    let length = parts > 0 ? count / parts : 0
    var made: [[Element]] = []
    func allocate(_ storage: [UnsafeMutableBufferPointer<Element>]) {
      guard storage.count < arrays else {
        // Every task writes to slices of its own parts only, and nobody reads before all are done.
        nonisolated(unsafe) let shared = storage
        _ = gather(parts, into: empty) { part, state in
          let slices = shared.map {
            UnsafeMutableBufferPointer(rebasing: $0[(part * length)..<((part + 1) * length)])
          }
          body(part, slices, &state)
        }
        return
      }
      made.append(
        [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
          allocate(storage + [UnsafeMutableBufferPointer(rebasing: buffer[..<count])])
          initialized = count
        })
    }
    allocate([])
    // The innermost array was finished first.
    return made.reversed()
  }

  /// Work beside the caller's `body`, which may ask for its value.
  ///
  /// However `body` ends, the work has ended before: a process that leaves while libraries are at work in it is stopped
  /// by a signal.
  package static func beside<Value: Sendable, Result, Failure: Error>(
    _ work: @escaping @Sendable () -> Value, _ body: (Pending<Value>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let pending = Pending<Value>()
    DispatchQueue.global().async { pending.finish(work()) }
    defer { _ = pending.value }
    return try body(pending)
  }

  /// The result of work that goes on elsewhere.
  package final class Pending<Value: Sendable>: Sendable {
    private let done = DispatchSemaphore(value: 0)
    private let result = Mutex<Value?>(nil)

    fileprivate init() {}

    fileprivate func finish(_ value: Value) {
      result.withLock { $0 = value }
      done.signal()
    }

    /// The value, once it is there; may be asked for again.
    package var value: Value {
      while true {
        if let value = result.withLock({ $0 }) { return value }
        done.wait()
        done.signal()
      }
    }
  }
}
