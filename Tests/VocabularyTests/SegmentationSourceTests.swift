// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

@Suite("Segmentation tasks for structures that are not contoured")
struct SegmentationSourceTests {
  @Test("a task that is said to give a structure gives one of that role", arguments: StructureRole.allCases)
  func sources(role: StructureRole) {
    guard let source = role.segmentationSource else {
      #expect(role.segmentationHint.isEmpty)
      return
    }
    #expect(!source.classes.isEmpty)
    // Lungs are put together from their lobes.
    let given = role == .lung ? StructureRole.lobe : role
    for name in source.classes { #expect(StructureName(recognizing: name).role == given, "\(name)") }
    #expect(source.sentence.contains(".nii.gz"))
  }

  @Test("sources in words")
  func sentences() {
    #expect(
      StructureRole.skin.segmentationHint == "; TotalSegmentator's task body gives it (skin.nii.gz)"
    )
    #expect(StructureRole.rib.segmentationSource?.task == "total")
    for role in [StructureRole.chestWall, .phrenicNerve, .brachialPlexus, .bileDuct, .other] {
      #expect(role.segmentationSource == nil)
    }
  }
}
