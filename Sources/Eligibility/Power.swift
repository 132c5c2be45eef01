// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Foundation

/// x to the power w for x in 0…1.
func power(_ x: Double, _ w: Double) -> Double { x <= 0 ? (w > 0 ? 0 : 1) : pow(x, w) }
