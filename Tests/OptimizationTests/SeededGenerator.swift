// SPDX-License-Identifier: Apache-2.0
import Phantoms

/// Random numbers of a seed, so that a failing one can be run again; neighbouring seeds are spread apart.
func seededGenerator(_ seed: UInt64) -> SplitMix64 {
  SplitMix64(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ 1)
}
