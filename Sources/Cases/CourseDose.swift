// SPDX-License-Identifier: Apache-2.0
public import Dosimetry
public import Quantities

/// The dose of one course of radiotherapy, in the frame of the case's contours.
public struct CourseDose: Sendable, Hashable {
  /// The course's name: as the user gives it, else the plan's label, else the file's name.
  public let name: String
  /// The physical dose.
  public let grid: DoseGrid
  /// What the grid is the sum of.
  public let summation: DoseSummation
  /// The number of fractions it was planned for; `nil` when neither the plan nor the user says.
  public let fractions: Int?
  /// The prescribed dose as the plan or the user states it.
  public let prescription: AbsorbedDose?
  /// The date, YYYY-MM-DD.
  public let date: String?
  /// The files it came from.
  public let sources: [String]
  /// How it came into the case's frame of reference; `nil` when it was in it.
  public let registration: String?

  /// A course's dose.
  public init(
    name: String, grid: DoseGrid, summation: DoseSummation, fractions: Int? = nil,
    prescription: AbsorbedDose? = nil, date: String? = nil, sources: [String], registration: String? = nil
  ) {
    self.name = name
    self.grid = grid
    self.summation = summation
    self.fractions = fractions
    self.prescription = prescription
    self.date = date
    self.sources = sources
    self.registration = registration
  }
}
