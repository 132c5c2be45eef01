// SPDX-License-Identifier: Apache-2.0
internal import Yams

/// A plain rule while a site's changes are made to it.
struct PatchedRule {
  private let node: Node

  init(_ node: Node) { self.node = node }

  /// Under which key its bands stand.
  var bandsKey: String { node.value("cases") == nil ? "bands" : "cases" }

  /// Its bands or cases.
  var bands: [Node] { node.value(bandsKey)?.items ?? [] }

  /// The rule with the bands at these places resting on other sources alone, and all others on what they rested on.
  ///
  /// A source says what it says of the number it gave: of a changed number it would be cited for what it never said.
  ///
  /// - Parameters:
  ///   - sources: a list of keys of the bibliography.
  ///   - places: the bands that were changed, from 0.
  ///   - mark: the line where the change stands, which problems with the rule are reported at.
  func resting(on sources: Node, at places: Set<Int>, mark: Mark?) -> Node {
    let shared = node.value("sources")
    let common = Set(node.words("sources"))
    var bands = bands
    for index in bands.indices {
      if places.contains(index) {
        bands[index] = bands[index].setting("sources", to: sources).marked(mark)
      } else if let shared {
        let own = (bands[index].value("sources")?.items ?? []).filter {
          !common.contains($0.scalar?.string ?? "")
        }
        bands[index] = bands[index].setting("sources", to: shared.withItems(shared.items + own))
      }
    }
    guard let list = node.value(bandsKey) else { return node }
    return node.removing(["sources"]).setting(bandsKey, to: list.withItems(bands)).marked(mark)
  }
}
