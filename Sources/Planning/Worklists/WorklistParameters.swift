// SPDX-License-Identifier: Apache-2.0
public import Eligibility
public import Vocabulary

/// What a care protocol says about worklists: by what each service's patients are ordered.
///
/// An order is a list of criteria; a later one counts where all before it are equal. So every place can be explained by one
/// criterion.
public struct WorklistParameters: Sendable, Hashable {
  /// A criterion as a protocol uses it.
  public struct Step: Sendable, Hashable {
    /// What is compared.
    public let criterion: WorklistCriterion
    /// Upper ends of bands within which figures count as equal, ascending; empty where each figure counts by itself.
    public let bands: [Double]
    /// Whether the greatest figure comes first.
    public let isGreatestFirst: Bool

    /// A step of an order.
    public init(_ criterion: WorklistCriterion, bands: [Double] = [], isGreatestFirst: Bool = false) {
      self.criterion = criterion
      self.bands = bands
      self.isGreatestFirst = isGreatestFirst
    }
  }

  /// The order of one service's list.
  public struct Order: Sendable, Hashable {
    /// The criteria, the first first; none twice.
    public let steps: [Step]
    /// Keys of the bibliography.
    public let sources: [String]

    /// An order.
    public init(steps: [Step], sources: [String]) {
      self.steps = steps
      self.sources = sources
    }
  }

  /// The order of each service's list; every service has one.
  public let orders: [HospitalService: Order]
  /// Patients with this advice are on no list.
  public let unlisted: Set<Advice>
  /// Keys of the bibliography for that.
  public let unlistedSources: [String]

  /// Orders.
  public init(orders: [HospitalService: Order], unlisted: Set<Advice>, unlistedSources: [String]) {
    self.orders = orders
    self.unlisted = unlisted
    self.unlistedSources = unlistedSources
  }

  /// Every source that is cited, with what cites it.
  public var citations: [(what: String, key: String)] {
    HospitalService.allCases.flatMap { service in
      (orders[service]?.sources ?? []).map { ("the order of \(service.rawValue)", $0) }
    } + unlistedSources.map { ("unlisted", $0) }
  }
}
