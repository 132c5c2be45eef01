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
    let record: EarlierCourse.Record
    if let prescriptionGy, let targets {
      record = .prescription(.gray(prescriptionGy), isodosePercent: isodosePercent, targets: targets)
    } else if let organMaximaGy {
      record = .maxima(
        organMaximaGy.sorted { $0.key < $1.key }.map {
          OrganMaximum(structure: StructureName(recognizing: $0.key), dose: .gray($0.value))
        })
    } else if let curves, curves.allSatisfy({ $0.doseGy.count == $0.share.count && !$0.doseGy.isEmpty }) {
      record = .curves(
        curves.map {
          OrganCurve(
            structure: StructureName(recognizing: $0.structure), sourceName: $0.sourceName,
            volume: .cubicCentimeters($0.volumeCC), gray: $0.doseGy, share: $0.share,
            maximum: $0.maximumGy.map { .gray($0) }, mean: $0.meanGy.map { .gray($0) })
        })
    } else {
      throw InputError(file: file, place: "course \(name)", "tells no dose", advice: "import the case again")
    }
    guard fractions >= 1 else {
      throw InputError(
        file: file, place: "course \(name)", "has no fractions", advice: "import the case again")
    }
    return EarlierCourse(
      name: name, fractions: fractions, date: date, monthsAgo: monthsAgo, record: record, source: source)
  }
}
