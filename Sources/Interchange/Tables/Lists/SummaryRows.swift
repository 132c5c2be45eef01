// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Foundation

/// Rows of a list that are sums, statistics or responses over lesions.
enum SummaryRows {
  /// The name of a row that is a sum or a statistic over lesions; `nil` for a lesion's row.
  static func name(_ columns: LesionListColumns, _ fields: [String]) -> String? {
    // What has a place is a lesion, whatever it is called.
    let places: [LesionListColumns.Meaning] = [.x, .y, .z, .lobe, .side]
    if zip(columns.meanings, fields).contains(where: { places.contains($0) && !SpreadsheetTraces.isBlank($1) }
    ) {
      return nil
    }
    let first = fields.indices.first { !SpreadsheetTraces.isBlank(fields[$0]) }
    for (index, field) in fields.enumerated() {
      let cell = field.trimmed
      switch columns.meanings[index] {
      case .lesionID, .site: break
      // What heads no column of its own may still name the row; a patient's id or a remark does not.
      case _ where index == first && columns.headers[index].isEmpty: break
      case .ignored where index == first && !columns.meanings.contains(.lesionID) && !columns.isRemark(index):
        break
      case .patientID, .study, .ignored:
        guard index == first, SpreadsheetTraces.isSummaryWord(cell) else { continue }
        return cell
      case _ where index == first: break
      default: continue
      }
      if SpreadsheetTraces.isSummary(cell) { return cell }
    }
    return nil
  }

  /// Refuses a row without site and place that holds the sum or the mean of the others' sizes.
  ///
  /// It is hardly a lesion, whatever its name: counted as one, it would make one metastasis more. Where no row tells a site
  /// or place nothing sets it apart.
  static func refuseUnnamed(in lesions: [Lesion], file: String) throws(InputError) {
    func size(_ lesion: Lesion) -> Double? {
      if case .number(let size)? = lesion.statements[.longestAxialDiameter]?.value {
        size
      } else {
        nil
      }
    }
    func isPlaced(_ lesion: Lesion) -> Bool {
      lesion.site != nil || lesion.position != nil || lesion.lobe != nil || lesion.side != nil
    }
    guard lesions.contains(where: isPlaced) else { return }
    for lesion in lesions where !isPlaced(lesion) {
      let others = lesions.filter { $0.id != lesion.id }.compactMap(size)
      guard others.count > 1, let own = size(lesion) else { continue }
      let sum = others.reduce(0, +)
      // Equal sizes have their own for a mean.
      let isEqual = others.contains(own)
      let sums = [(sum, "sum")] + (isEqual ? [] : [(sum / Double(others.count), "mean")])
      for (value, word) in sums where abs(own - value) < 0.051 {
        throw InputError(
          file: file, place: "lesion \(lesion.id)",
          "has neither site nor place, and its size is the \(word) of the \(others.count) others: is it a lesion?",
          advice: "take the row out, or tell its site")
      }
    }
  }
}
