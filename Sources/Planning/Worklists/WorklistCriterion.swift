// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// One thing by which the patients of a worklist are ordered: a closed list, from which a protocol chooses.
///
/// What is unknown comes last: ignorance never moves a patient up.
public enum WorklistCriterion: String, Sendable, Hashable, CaseIterable {
  /// What is advised for the patient: treat first, then what only a board decides, then the rest.
  case advice
  /// The best verdict of the service's therapies: eligible, then conditional on facts, on an act, on the board, then open.
  case verdict
  /// Whether the service's therapy is among the first of each candidate lesion: of all, of some, of none.
  case choice
  /// Whether all lesions can be treated: here, or with others, or not all.
  case completeness
  /// How many lesions are candidates.
  case lesions
  /// The longest axial diameter of the largest candidate, in millimetres.
  case largest
  /// The shortest volume doubling time, in days.
  case doublingTime
  /// How many facts are missing that could change a verdict.
  case questions
  /// Interventional radiology: sittings, at most.
  case sittings
  /// Radiation oncology: the planning targets' volume together, in cubic centimetres, at most.
  case targetVolume
  /// Radiation oncology: visits, at most.
  case visits
  /// Radiation oncology: earlier courses of radiotherapy.
  case earlierCourses
  /// Surgery: the group of the International Registry of Lung Metastases, 1 to 4.
  case registryGroup
  /// Surgery: operations, at most.
  case operations
  /// Surgery: the greatest piece: wedge, segment, lobe, more.
  case extent
  /// Surgery: whether FEV1 and DLCO are known: both, one, none.
  case reserve

  /// The services whose lists it may order.
  public var services: Set<HospitalService> {
    switch self {
    case .advice, .verdict, .choice, .completeness, .lesions, .largest, .doublingTime, .questions:
      Set(HospitalService.allCases)
    case .sittings: [.ir]
    case .targetVolume, .visits, .earlierCourses: [.radonc]
    case .registryGroup, .operations, .extent, .reserve: [.surgery]
    }
  }

  /// Whether it is a figure, which bands may join; the others are classes, the best of them first.
  public var isFigure: Bool {
    switch self {
    case .lesions, .largest, .doublingTime, .questions, .sittings, .targetVolume, .visits, .earlierCourses,
      .registryGroup, .operations:
      true
    case .advice, .verdict, .choice, .completeness, .extent, .reserve: false
    }
  }
}
