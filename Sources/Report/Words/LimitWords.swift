// SPDX-License-Identifier: Apache-2.0
public import Dosimetry

/// Limits in words.
public enum LimitWords {
  /// Why a limit is not answered: "the whole organ is not contoured".
  public static func text(_ why: LimitCheck.Unanswered) -> String {
    switch why {
    case .unanswerable(let sentence): sentence
    case .organIncomplete: "the whole organ is not contoured"
    case .pointOnly: "a volume, which a point does not tell"
    case .samplesOnly: "not answered by sample points"
    case .histogram(let why): why ?? "not known"
    }
  }
}
