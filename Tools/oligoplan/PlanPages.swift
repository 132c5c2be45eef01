// SPDX-License-Identifier: Apache-2.0
import Ablation
import ArgumentParser
import Foundation
import Interchange
import Planning
import Report
import Resection
import Vocabulary

/// Pages of a plan: one page or drawing a file.
enum PlanPages {
  /// What the files are.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case html, pdf
  }

  /// One page for each ablation, named by lesion and energy, and one plane through each lesion of a resection.
  ///
  /// - Parameter printer: makes PDF of each page; without it pages are HTML, and planes SVG.
  /// - Throws: what making a page throws.
  static func files(_ dossier: Dossier, printer: PagePrinter?) throws -> [(name: String, data: Data)] {
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
    return try pages.map { page in
      // Two ids may become one name: the later ones are counted. Case counts for nothing on some disks.
      let form: PagePrinter.Form = page.what.hasSuffix(".svg") ? .svg : .html
      let what = printer == nil ? page.what : page.what.prefix { $0 != "." } + ".pdf"
      var name = fileName(page.lesion, what)
      var number = 2
      while !taken.insert(name.lowercased()).inserted {
        name = fileName("\(page.lesion)_\(number)", what)
        number += 1
      }
      let data = Data(page.text.utf8)
      return (name, try printer?.pdf(data, as: form) ?? data)
    }
  }

  /// Whether a file's name is one that pages bear, so that a folder of them may be replaced by the next plan's.
  static func owns(_ name: String) -> Bool {
    // Pages of earlier versions were drawings.
    Modality.ablations.contains { energy in
      ["html", "pdf", "svg"].contains { name.hasSuffix("-\(energy.rawValue).\($0)") }
    }
      || name.hasSuffix("-resection.svg") || name.hasSuffix("-resection.pdf")
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
