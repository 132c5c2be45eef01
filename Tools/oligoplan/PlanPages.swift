// SPDX-License-Identifier: Apache-2.0
import Ablation
import Foundation
import Interchange
import Planning
import Report
import Resection
import Vocabulary

/// Pages of a plan: one drawing a file.
enum PlanPages {
  /// One page for each ablation, named by lesion and energy, and one plane through each lesion of a resection.
  ///
  /// - Throws: what making a page throws.
  static func files(_ dossier: Dossier) throws -> [(name: String, data: Data)] {
    var pages = try (dossier.ablationPlan?.lesions ?? []).flatMap { lesion in
      try lesion.proposals.compactMap { proposal in
        try InterventionPage(
          dossier, lesion: lesion.lesion, energy: proposal.energy, notice: Notice.text
        ).map {
          (
            lesion: lesion.lesion, what: "\(proposal.energy.rawValue).html",
            text: try $0.html(digest: FileAccess.sha256Base64)
          )
        }
      }
    }
    pages += (dossier.resectionPlan?.lesions ?? []).compactMap { entry in
      guard entry.proposal != nil else { return nil }
      return PlaneFigure(dossier, lesion: entry.lesion).map { (entry.lesion, "resection.svg", $0.svg) }
    }
    var taken: Set<String> = []
    return pages.map { page in
      // Two ids may become one name: the later ones are counted. Case counts for nothing on some disks.
      var name = fileName(page.lesion, page.what)
      var number = 2
      while !taken.insert(name.lowercased()).inserted {
        name = fileName("\(page.lesion)_\(number)", page.what)
        number += 1
      }
      return (name, Data(page.text.utf8))
    }
  }

  /// Whether a file's name is one that pages bear, so that a folder of them may be replaced by the next plan's.
  static func owns(_ name: String) -> Bool {
    // Pages of earlier versions were drawings.
    Modality.ablations.flatMap { ["\($0.rawValue).html", "\($0.rawValue).svg"] }.contains {
      name.hasSuffix("-\($0)")
    }
      || name.hasSuffix("-resection.svg")
  }

  /// A name that every disk takes: letters, digits, minus and underscore, at most 80 of the lesion's own.
  private static func fileName(_ lesion: String, _ what: String) -> String {
    let safe = lesion.prefix(80).map { character -> Character in
      character.isASCII && (character.isLetter || character.isNumber || "-_".contains(character))
        ? character : "_"
    }
    return "\(String(safe))-\(what)"
  }
}
