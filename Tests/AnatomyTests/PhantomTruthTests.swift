// SPDX-License-Identifier: Apache-2.0
import Cases
import Phantoms
import Testing

@Suite("Phantoms measure as they were built")
struct PhantomTruthTests {
  @Test("every truth holds within its tolerance", arguments: ["spheres", "thorax", "liver"])
  func truth(name: String) throws {
    let phantom = try #require(try PhantomCatalogue.make(name: name, seed: 1))
    let measurements = try Measurements(of: phantom.patientCase)
    #expect(!phantom.truth.isEmpty)
    for truth in phantom.truth {
      let found = try #require(truth.measured(by: measurements), "\(truth.lesion) \(truth.quantity)")
      #expect(
        abs(found - truth.value) <= truth.tolerance,
        "\(truth.lesion) \(truth.quantity): \(found), true \(truth.value) ± \(truth.tolerance)")
    }
  }

  @Test("spheres hold for other seeds too", arguments: [2, 3, 17, 99])
  func seeds(seed: UInt64) throws {
    let phantom = try #require(try PhantomCatalogue.make(name: "spheres", seed: seed))
    let measurements = try Measurements(of: phantom.patientCase)
    for truth in phantom.truth {
      let found = try #require(truth.measured(by: measurements))
      #expect(abs(found - truth.value) <= truth.tolerance, "\(truth.lesion) \(truth.quantity)")
    }
  }

  @Test("a seed gives the same patient, an unknown name none")
  func determinism() throws {
    let a = try PhantomCatalogue.make(name: "spheres", seed: 5)
    let b = try PhantomCatalogue.make(name: "spheres", seed: 5)
    #expect(a == b)
    #expect(try PhantomCatalogue.make(name: "knee", seed: 1) == nil)
  }
}
