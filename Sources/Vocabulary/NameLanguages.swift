// SPDX-License-Identifier: Apache-2.0
/// The languages a name of a structure belongs to.
///
/// Letters for sides differ between languages (D is right in French, nothing in English), so every name
/// carries the languages it is written in.
struct NameLanguages: OptionSet, Sendable, Hashable {
  let rawValue: UInt8

  static let english = NameLanguages(rawValue: 1)
  static let latin = NameLanguages(rawValue: 2)
  static let french = NameLanguages(rawValue: 4)
  static let german = NameLanguages(rawValue: 8)
  static let dutch = NameLanguages(rawValue: 16)
  static let spanish = NameLanguages(rawValue: 32)
  static let italian = NameLanguages(rawValue: 64)
  static let portuguese = NameLanguages(rawValue: 128)

  /// French, Spanish, Italian and Portuguese.
  static let romance: NameLanguages = [.french, .spanish, .italian, .portuguese]
}
