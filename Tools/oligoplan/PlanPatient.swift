import Ablation
import ArgumentParser
import Cases
import Foundation
import Interchange
import Planning
import Radiotherapy
import Report
import Vocabulary

/// Options of `oligoplan plan` for the patient as a whole.
struct JointArguments: ParsableArguments {
  @Option(
    name: .long,
    help:
      "The patient as a whole: decide a lesion's therapy, LESION=THERAPY[,THERAPY…]: reason; may be repeated. Therapies by name, or surgery, ablation, embolization, observe, untreated."
  )
  var fix: [String] = []

  @Option(
    name: .long,
    help: "The patient as a whole: rule a therapy out, LESION=THERAPY[,THERAPY…]: reason; may be repeated.")
  var forbid: [String] = []

  @Option(
    name: .long,
    help:
      "The patient as a whole: how many plans of another kind beside those of one kind and the lightest ones, 0 to 20; 2 without it."
  )
  var alternatives: Int?

  @Option(
    name: .long,
    help:
      "The patient as a whole: Monte Carlo samples of the measurements for robustness, 0 to 100000; 1000 without it."
  )
  var samples: Int?

  @Option(name: .long, help: "The patient as a whole: the seed of the Monte Carlo samples; 1 without it.")
  var seed: UInt64?

  /// The options that were given, by name.
  var given: [String] {
    [
      fix.isEmpty ? nil : "--fix", forbid.isEmpty ? nil : "--forbid",
      alternatives.map { _ in "--alternatives" }, samples.map { _ in "--samples" },
      seed.map { _ in "--seed" },
    ].compactMap(\.self)
  }

  func validate() throws {
    if let alternatives, alternatives < 0 || alternatives > 20 {
      throw ValidationError("--alternatives lies between 0 and 20")
    }
    if let samples, samples < 0 || samples > 100_000 {
      throw ValidationError("--samples lies between 0 and 100000")
    }
    _ = try locks
  }

  /// What the user decided.
  var locks: [PlanLock] {
    get throws {
      try fix.map { try Self.lock($0, .fix) } + forbid.map { try Self.lock($0, .forbid) }
    }
  }

  private static func lock(_ text: String, _ kind: PlanLock.Kind) throws -> PlanLock {
    let parts = text.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
    // A lesion's own id may hold an equals sign: the last one before the therapies counts.
    let equals = parts.first?.lastIndex(of: "=")
    if equals != nil, parts.count < 2 || parts[1].isEmpty {
      throw ValidationError("--\(kind.rawValue) \"\(text)\" gives no reason: write it behind a colon")
    }
    guard parts.count == 2, let equals else {
      throw ValidationError(
        "--\(kind.rawValue) \"\(text)\" is not LESION=THERAPY: reason, as --\(kind.rawValue) \"L3=sbrt: declined surgery\""
      )
    }
    let words = parts[0][parts[0].index(after: equals)...].split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let names = words.map { word in
      PlanLock.words.first { $0.lowercased() == word.lowercased() } ?? word
    }
    return PlanLock(
      lesion: parts[0][..<equals].trimmingCharacters(in: .whitespaces), kind: kind, choices: names,
      reason: parts[1])
  }
}

/// Plans a patient as a whole.
enum JointDossier {
  static func make(
    _ path: String, protocolFile: String?, arguments: JointArguments, sbrt: SBRTArguments,
    ablation: AblationArguments
  ) throws -> Dossier {
    let stored = try CaseStore.read(path)
    var careProtocol = try DossierReading.careProtocol(protocolFile)
    var devices: CaseInput?
    if var parameters = careProtocol.ablation {
      devices = try ablation.addDevices(to: &parameters)
      careProtocol.ablation = parameters
    }
    let day = PlanRequest.ReferenceDay(given: sbrt.on, of: stored.patientCase)
    var options = JointOptions()
    options.locks = try arguments.locks
    options.sbrt = sbrt.options(lesions: [], day: day.day)
    options.ablation = ablation.options(lesions: [])
    if let alternatives = arguments.alternatives { options.alternatives = alternatives }
    if let samples = arguments.samples { options.samples = samples }
    if let seed = arguments.seed { options.seed = seed }
    var settings = sbrt.settings(careProtocol.radiotherapy).merging(
      ablation.settings(choosesCandidates: false)
    ) { $1 }
    settings["fix"] = arguments.fix
    settings["forbid"] = arguments.forbid
    settings["alternatives"] = [String(options.alternatives)]
    settings["samples"] = [String(options.samples)]
    settings["seed"] = [String(options.seed)]
    let request = PlanRequest(settings, day: day, devices: devices)
    let measurements = try Measurements(of: stored.patientCase)
    do {
      let plan = try JointPlanner(careProtocol, options: options).plan(stored.patientCase, measurements)
      return Dossier(
        patientCase: stored.patientCase, measurements: measurements, assessment: nil,
        careProtocol: careProtocol, caseHash: stored.sha256, patientPlan: plan,
        request: request)
    } catch let obstacle as JointObstacle {
      let because = obstacle.because.map(ReasonWords.text).joined(separator: "; ")
      throw InputError(
        file: path, obstacle.message + (because.isEmpty ? "" : ": \(because)"), advice: obstacle.advice)
    } catch let obstacle as SBRTObstacle {
      throw InputError(file: path, obstacle.message, advice: obstacle.advice)
    } catch let obstacle as AblationObstacle {
      throw InputError(file: path, obstacle.message, advice: obstacle.advice)
    }
  }
}
