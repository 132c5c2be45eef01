import Ablation
import Foundation
import Interchange
import Planning
import Report
import Resection
import Vocabulary

/// Pages of a plan: one drawing a file.
enum PlanPages {
  /// One page for each ablation, named by lesion and energy, and one plane through each lesion of a resection; the folder is
  /// made when absent.
  ///
  /// - Throws: `InputError` of kind `cannotWrite`.
  static func write(_ dossier: Dossier, to folder: String) throws(InputError) {
    var pages = (dossier.ablationPlan?.lesions ?? []).flatMap { lesion in
      lesion.proposals.compactMap { proposal in
        AblationPage(
          dossier, lesion: lesion.lesion, energy: proposal.energy, notice: Notice.text
        ).map { (lesion: lesion.lesion, what: proposal.energy.rawValue, svg: $0.svg) }
      }
    }
    pages += (dossier.resectionPlan?.lesions ?? []).compactMap { entry in
      guard entry.proposal != nil else { return nil }
      return PlaneFigure(dossier, lesion: entry.lesion).map { (entry.lesion, "resection", $0.svg) }
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw InputError(.cannotWrite, file: folder, "cannot be made", advice: "check the folder above it")
    }
    var taken: Set<String> = []
    for page in pages {
      // Two ids may become one name: the later ones are counted. Case counts for nothing on some disks.
      var name = fileName(page.lesion, page.what)
      var number = 2
      while !taken.insert(name.lowercased()).inserted {
        name = fileName("\(page.lesion)_\(number)", page.what)
        number += 1
      }
      let path = URL(fileURLWithPath: folder).appendingPathComponent(name).path
      try FileAccess.write(Data(page.svg.utf8), to: path)
    }
    Streams.tell("wrote \(pages.count) page\(pages.count == 1 ? "" : "s") to \(folder)")
  }

  /// A name that every disk takes: letters, digits, minus and underscore, at most 80 of the lesion's own.
  private static func fileName(_ lesion: String, _ what: String) -> String {
    let safe = lesion.prefix(80).map { character -> Character in
      character.isASCII && (character.isLetter || character.isNumber || "-_".contains(character))
        ? character : "_"
    }
    return "\(String(safe))-\(what).svg"
  }
}
