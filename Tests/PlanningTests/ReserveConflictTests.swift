// SPDX-License-Identifier: Apache-2.0
import Cases
import Eligibility
import Radiotherapy
import Testing
import Vocabulary

@testable import Planning

/// What is learnt of the lungs' reserve in one search forbids no set of operations that keeps it.
@Suite("The lungs' reserve in the search")
struct ReserveConflictTests {
  /// Lists in which lobes go as a whole beside lesions of unknown extent, with function known, poor and unknown.
  private static let lists: [(rows: [String], function: [String])] = {
    let header = "lesion_id,site,side,lobe,longest_diameter_mm,depth_from_pleura_mm,distance_to_bronchus_mm"
    let mixed = [
      header, "A,lung,right,RUL,8,2,60", "B,lung,left,LUL,30,40,2", "C,lung,right,RUL,30,45,1",
      "D,lung,right,RLL,28,40,1", "E,lung,left,LLL,9,3,60", "F,lung,right,RUL,7,1,60",
    ]
    let alike =
      [header]
      + ["RUL", "RLL", "LUL", "LLL", "RML"].enumerated().map {
        "N\($0.offset),lung,\($0.element.first == "R" ? "right" : "left"),\($0.element),28,40,1"
      }
    return [
      (mixed, ["fev1_percent_predicted: 110", "dlco_percent_predicted: 110"]),
      (mixed, ["fev1_percent_predicted: 45", "dlco_percent_predicted: 42"]),
      (mixed, []), (alike, ["fev1_percent_predicted: 60", "dlco_percent_predicted: 55"]), (alike, []),
    ]
  }()

  @Test(arguments: 0..<5)
  func nothingPossibleIsForbidden(_ number: Int) throws {
    let list = Self.lists[number]
    let patientCase = try PlanOrderTests.written(
      list.rows, ["histology: leiomyosarcoma", "general_anaesthesia: possible", "ecog: 0"] + list.function)
    let pool = try Patients.pool(patientCase)
    let reading = GroupEvaluation(pool)
    let options = try OptionCatalogue(pool, reading, locks: [], advice: .treat).options
    let joint = try JointProblem(pool, options, reading)
    var search = try PlanSearch(
      joint, locks: [], checkedBy: CourseCheck(pool, try Patients.careProtocol(), SBRTOptions()))
    // Learns what it can.
    _ = try search.solve()
    _ = try search.solve(ofKind: .surgery)
    let operations = options.indices.filter {
      options[$0].choice.family == .surgery && options[$0].site == .lung
    }
    #expect(operations.count > 3)
    var (kept, broken) = (0, 0)
    for which in 0..<(1 << operations.count) {
      let own = operations.indices.filter { which & (1 << $0) != 0 }.map { operations[$0] }
      let chosen = own.map { options[$0] }
      let reserve = try LungReserve(pool, chosen)
      let keeps = reserve.broken == nil && reserve.unknown == nil
      let against = search.solver.evaluator.forbidden.filter { $0.forbids(Set(own)) }
      if keeps {
        #expect(against.isEmpty, "\(chosen.map(\.id)) is possible and forbidden: \(against.map(\.key))")
        kept += 1
      } else {
        broken += 1
      }
    }
    #expect(kept > 0 && (broken > 0 || [0, 3].contains(number)), "\(kept) kept, \(broken) broken")
  }
}
