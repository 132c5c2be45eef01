// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Foundation
internal import Quantities

extension CaseImport {
  /// What reads the dose files, each for itself.
  var readingDoses: @Sendable () -> [Swift.Result<RTDose, InputError>] {
    let inputs = doses
    return {
      inputs.map { input in
        Swift.Result { () throws(InputError) in try RTDose(path: input.path, prescription: input.prescription)
        }
      }
    }
  }

  /// Brings the doses into a case whose contours are there already.
  func addDoses(
    _ files: Workers.Pending<[Swift.Result<RTDose, InputError>]>, to result: inout PatientCase
  ) throws {
    var read: [ReadDose] = []
    for (input, file) in zip(doses, files.value) { read.append(try dose(input, file.get(), &result)) }
    try add(read, to: &result)
  }

  /// One file, moved into the case's frame.
  private struct ReadDose {
    let input: DoseInput
    let course: CourseDose
    let plans: [String]
    let instance: String?
    /// The plan of a dose that belongs to one alone.
    var plan: String? { plans.count == 1 ? plans[0] : nil }
    /// As the file has it, before any registration.
    let stored: DoseGrid

    var identity: RepeatedDoses.Entry {
      RepeatedDoses.Entry(
        file: input.path, instance: instance, plans: plans, summation: course.summation, grid: course.grid,
        stored: stored)
    }
  }

  private func dose(
    _ input: DoseInput, _ file: RTDose, _ result: inout PatientCase
  ) throws -> ReadDose {
    try agree(on: file.patientID, file: input.path, &result)
    result.warnings += file.warnings.map { "\(FileAccess.name(of: input.path)): \($0)" }
    let plan = try plan(of: input, file, &result)
    let (grid, registration) = try placed(input, file, &result)
    if file.patientID == nil {
      result.warnings.append(
        "\(FileAccess.name(of: input.path)): names no patient; it is taken for this one's")
    }
    let (fractions, prescription) = prescribed(input, file, plan, &result)
    // Heuristic, no source: a plan's greatest dose is not three times what it prescribes.
    if let prescription, let greatest = grid.maximum?.dose, greatest.gray > 3 * prescription.gray {
      result.warnings.append(
        "\(FileAccess.name(of: input.path)): reaches \(greatest.gray) Gy where \(prescription.gray) Gy are prescribed; is it this plan's dose, and in gray?"
      )
    }
    let course = CourseDose(
      name: input.course ?? FileAccess.name(of: input.path), grid: grid,
      summation: file.summation, fractions: fractions, prescription: prescription,
      date: input.date ?? plan?.date, sources: [FileAccess.name(of: input.path)],
      registration: registration)
    return ReadDose(
      input: input, course: course, plans: file.plans, instance: file.instance, stored: file.grid)
  }

  /// The plan that is given with a dose, which must say the same as the dose and the user.
  private func plan(
    of input: DoseInput, _ file: RTDose, _ result: inout PatientCase
  ) throws -> RTPlan? {
    guard let path = input.plan else { return nil }
    let read = try RTPlan(path: path)
    try agree(on: read.patientID, file: path, &result)
    if !file.plans.isEmpty, let instance = read.instance, !file.plans.contains(instance) {
      throw InputError(
        file: input.path, place: DICOMTag.referencedRTPlanSequence.text,
        "belongs to another plan than \(path)", advice: "give the RTPLAN the dose was computed for")
    }
    if let told = input.fractions, let planned = read.fractions, told != planned {
      throw InputError(
        file: path, "plans \(planned) fractions, \(told) were told",
        advice: "leave fractions= out, or correct it")
    }
    if let told = input.prescription, let planned = read.prescription, told != planned {
      throw InputError(
        file: path, "prescribes \(planned.gray) Gy, \(told.gray) Gy were told",
        advice: "leave prescription= out, or correct it")
    }
    result.warnings += read.warnings.map { "\(FileAccess.name(of: path)): \($0)" }
    return read
  }

  /// The dose in the contours' frame, and the registration that brought it there.
  private func placed(
    _ input: DoseInput, _ file: RTDose, _ result: inout PatientCase
  ) throws -> (grid: DoseGrid, registration: String?) {
    guard let path = input.registration else {
      guard let frame = file.frameOfReference, let contours = result.frameOfReference, frame == contours
      else {
        throw InputError(
          file: input.path, place: DICOMTag.frameOfReferenceUID.text,
          "lies in frame \(file.frameOfReference ?? "(none)"), the contours in \(result.frameOfReference ?? "(none)")",
          advice:
            "give registration=FILE (a Spatial Registration or a 4×4 matrix), or registration=identity if you know that both are one frame"
        )
      }
      return (file.grid, nil)
    }
    if path != "identity", let frame = file.frameOfReference, frame == result.frameOfReference {
      throw InputError(
        file: path, "is not needed: the dose lies in the contours' frame of reference",
        advice: "leave registration= out")
    }
    let found = try FrameRegistration(
      path, from: file.frameOfReference, to: result.frameOfReference, patientID: result.patientID)
    let grid: DoseGrid
    do { grid = try file.grid.moved(by: found.transform) } catch {
      throw InputError(file: path, "cannot be applied to the dose (\(error))")
    }
    if !found.transform.isShift {
      result.warnings.append(
        "\(FileAccess.name(of: input.path)): rotated by the registration, so sampled anew on a grid of its own"
      )
    }
    return (grid, found.words)
  }

  /// What was prescribed in how many fractions, by the plan or as told; a part of a plan has neither of the plan's.
  private func prescribed(
    _ input: DoseInput, _ file: RTDose, _ plan: RTPlan?, _ result: inout PatientCase
  ) -> (fractions: Int?, prescription: AbsorbedDose?) {
    let fractions = plan?.fractions ?? input.fractions
    let prescription = plan?.prescription ?? input.prescription
    guard !file.summation.isWholePlan, file.summation != .beam, fractions != nil || prescription != nil
    else { return (fractions, prescription) }
    result.warnings.append(
      "\(FileAccess.name(of: input.path)): is a \(file.summation.rawValue) dose, so the plan's fractions and prescription are not its own and were left out"
    )
    return (nil, nil)
  }

  /// Plan doses stay as they are; beam doses of one plan are added; a plan's sum never stands beside its parts.
  private func add(_ read: [ReadDose], to result: inout PatientCase) throws {
    try RepeatedDoses(read.map(\.identity)).check(&result.warnings)
    var beams: [String: [ReadDose]] = [:]
    for dose in read where dose.course.summation == .beam {
      beams[dose.plan ?? dose.course.name, default: []].append(dose)
    }
    let wholePlans = Set(read.filter(\.course.summation.isWholePlan).flatMap(\.plans))
    for dose in read where !dose.course.summation.isWholePlan {
      if let plan = dose.plan, wholePlans.contains(plan) {
        throw InputError(
          file: dose.input.path,
          "is the \(dose.course.summation.rawValue) dose of a plan whose whole dose is given as well",
          advice: "give the plan's dose or its parts, not both: they would count twice")
      }
    }
    for dose in read where dose.course.summation != .beam {
      if !dose.course.summation.isWholePlan {
        result.warnings.append(
          "\(FileAccess.name(of: dose.input.path)): is a \(dose.course.summation.rawValue) dose, not that of a whole plan"
        )
      }
      result.doses.append(dose.course)
    }
    for group in beams.values.sorted(by: { $0[0].input.path < $1[0].input.path }) {
      result.doses.append(try sum(group, &result))
    }
    var names: Set<String> = []
    for dose in result.doses where !names.insert(dose.name).inserted {
      throw InputError(
        file: dose.sources.joined(separator: " + "), "a second dose is named \(dose.name)",
        advice: "tell them apart by course=NAME")
    }
  }

  /// What is told of the beams of one plan must agree; `nil` where nobody tells.
  private func agreed<Value: Equatable>(
    _ beams: [ReadDose], _ name: String, _ value: (ReadDose) -> Value?
  ) throws(InputError) -> Value? {
    var found: Value?
    for beam in beams {
      guard let told = value(beam) else { continue }
      if let found, found != told {
        throw InputError(
          file: beam.input.path, "tells another \(name) than the other beams of its plan",
          advice: "beams of one plan are one course; say the same of each, or nothing")
      }
      found = told
    }
    return found
  }

  private func sum(_ beams: [ReadDose], _ result: inout PatientCase) throws -> CourseDose {
    let first = beams[0].course
    var grid = first.grid
    for beam in beams.dropFirst() {
      guard let added = grid.adding(beam.course.grid) else {
        throw InputError(
          file: beam.input.path, "lies on another grid than \(beams[0].input.path)",
          advice: "export the beams of a plan on one grid, or the plan's sum")
      }
      grid = added
    }
    result.warnings.append(
      beams.count == 1
        ? "\(FileAccess.name(of: beams[0].input.path)): is the dose of single beams, not of a whole plan"
        : "\(beams.count) beam doses of one plan were added; whether these are all its beams is not checked")
    let told = try agreed(beams, "course") { $0.input.course }
    let planned = beams.first { $0.input.plan != nil }?.course.name
    let registrations = Set(beams.compactMap(\.course.registration)).sorted()
    return CourseDose(
      name: told ?? planned ?? first.name, grid: grid, summation: .beam,
      fractions: try agreed(beams, "number of fractions") { $0.course.fractions },
      // One beam is not what was prescribed; all of them together are.
      prescription: beams.count == 1 ? nil : try agreed(beams, "prescription") { $0.course.prescription },
      date: try agreed(beams, "date") { $0.course.date }, sources: beams.flatMap(\.course.sources),
      registration: registrations.isEmpty ? nil : registrations.joined(separator: "; "))
  }
}
