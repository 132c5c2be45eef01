// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Quantities
internal import Vocabulary

/// An earlier course without a dose grid as `case.json` tells it.
struct CourseEntry: Codable {
  var name: String
  var fractions: Int
  var date: String?
  var monthsAgo: Double?
  var source: String
  var prescriptionGy: Double?
  var isodosePercent: Double?
  var targets: [String]?
  var organMaximaGy: [String: Double]?
  var curves: [CurveEntry]?

  struct CurveEntry: Codable {
    var structure: String
    var sourceName: String
    var volumeCC: Double
    var doseGy: [Double]
    var share: [Double]
    var maximumGy: Double?
    var meanGy: Double?
  }

  init(_ course: EarlierCourse) {
    name = course.name
    fractions = course.fractions
    date = course.date
    monthsAgo = course.monthsAgo
    source = course.source
    switch course.record {
    case .prescription(let gray, let isodose, let names):
      prescriptionGy = gray.gray
      isodosePercent = isodose
      targets = names
    case .maxima(let maxima):
      organMaximaGy = Dictionary(
        maxima.map { ($0.structure.tg263, $0.dose.gray) }, uniquingKeysWith: max)
    case .curves(let all):
      curves = all.map {
        CurveEntry(
          structure: $0.structure.tg263, sourceName: $0.sourceName, volumeCC: $0.volume.cubicCentimeters,
          doseGy: $0.gray, share: $0.share, maximumGy: $0.maximum?.gray, meanGy: $0.mean?.gray)
      }
    }
  }

  func course(file: String) throws(InputError) -> EarlierCourse {
    func broken(_ message: String) -> InputError {
      InputError(file: file, place: "course \(name)", message, advice: "import the case again")
    }
    func dose(_ gray: Double) throws(InputError) -> AbsorbedDose {
      guard let dose = CourseBounds.dose(gray) else { throw broken("tells a dose beyond all bounds") }
      return dose
    }
    let record: EarlierCourse.Record
    if let prescriptionGy, let targets {
      guard isodosePercent.map(CourseBounds.isodosePercent.contains) ?? true else {
        throw broken("tells an isodose beyond all bounds")
      }
      record = .prescription(try dose(prescriptionGy), isodosePercent: isodosePercent, targets: targets)
    } else if let organMaximaGy {
      var maxima: [OrganMaximum] = []
      for (organ, gray) in organMaximaGy.sorted(by: { $0.key < $1.key }) {
        maxima.append(OrganMaximum(structure: StructureName(recognizing: organ), dose: try dose(gray)))
      }
      record = .maxima(maxima)
    } else if let curves {
      guard
        curves.allSatisfy({
          $0.doseGy.count == $0.share.count && !$0.doseGy.isEmpty && CourseBounds.volume($0.volumeCC) != nil
            && zip($0.doseGy, $0.doseGy.dropFirst()).allSatisfy({ $0 < $1 })
            && $0.share.allSatisfy({ (0...1).contains($0) })
            && ($0.doseGy + [$0.maximumGy, $0.meanGy].compactMap(\.self)).allSatisfy({
              (0...CourseBounds.mostGray).contains($0)
            })
        })
      else { throw broken("holds a histogram that is none") }
      record = .curves(
        curves.map {
          OrganCurve(
            structure: StructureName(recognizing: $0.structure), sourceName: $0.sourceName,
            volume: .cubicCentimeters($0.volumeCC), gray: $0.doseGy, share: $0.share,
            maximum: $0.maximumGy.map { .gray($0) }, mean: $0.meanGy.map { .gray($0) })
        })
    } else {
      throw broken("tells no dose")
    }
    guard CourseBounds.fractions.contains(fractions), monthsAgo.map(CourseBounds.monthsAgo.contains) ?? true,
      date.map(CourseDate.isDate) ?? true
    else { throw broken("has no number of fractions, or no day, that a course has") }
    return EarlierCourse(
      name: name, fractions: fractions, date: date, monthsAgo: monthsAgo, record: record, source: source)
  }
}
