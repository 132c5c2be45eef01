internal import Facts

extension PlanVariant {
  /// The same with what it wins and loses against another; of a figure that is not wholly known only what is certain.
  func against(_ other: PlanVariant) -> PlanVariant {
    var won: [String] = []
    var lost: [String] = []
    func compare(_ mine: Double, _ theirs: Double, _ words: (_ difference: Double, _ word: String) -> String)
    {
      if mine < theirs { won.append(words(theirs - mine, "fewer")) }
      if mine > theirs { lost.append(words(mine - theirs, "more")) }
    }
    func whole(_ mine: Int, _ theirs: Int, one: String, more: String) {
      compare(Double(mine), Double(theirs)) { "\(Int($0)) \($1) \($0 == 1 ? one : more)" }
    }
    func both(_ measure: PlanMeasure) -> Bool { burden.isWhole(measure) && other.burden.isWhole(measure) }
    func tenths(_ x: Double) -> Double { (x * 10).rounded() / 10 }
    let (a, b) = (standing, other.standing)
    whole(
      a.withoutAcceptable, b.withoutAcceptable, one: "lesion without acceptable treatment",
      more: "lesions without acceptable treatment")
    whole(
      a.untreated, b.untreated, one: "lesion without any treatment", more: "lesions without any treatment")
    whole(a.conditions, b.conditions, one: "open condition", more: "open conditions")
    whole(a.cautions, b.cautions, one: "caution", more: "cautions")
    whole(
      a.acceptables, b.acceptables, one: "concern short of favourable", more: "concerns short of favourable")
    if both(.visits) { whole(burden.visits, other.burden.visits, one: "visit", more: "visits") }
    whole(burden.anaesthetics, other.burden.anaesthetics, one: "anaesthetic", more: "anaesthetics")
    // The least that a figure can be still tells a difference to one side.
    func figures(_ measure: PlanMeasure, _ mine: Double, _ theirs: Double, _ words: (String) -> String) {
      let (isMine, isTheirs) = (burden.isWhole(measure), other.burden.isWhole(measure))
      let least = isMine && isTheirs ? "" : "at least "
      let (x, y) = (tenths(mine), tenths(theirs))
      if x < y, isMine { won.append("\(least)\(tenths(y - x)) \(words("less"))") }
      if x > y, isTheirs { lost.append("\(least)\(tenths(x - y)) \(words("more"))") }
    }
    figures(.lungDose, burden.lungDoseGray, other.burden.lungDoseGray) { "Gy \($0) mean lung dose" }
    figures(.segments, burden.segments, other.burden.segments) {
      "\($0 == "less" ? "fewer" : $0) segments of lung"
    }
    // Scores do not tell finer, and of other lesions they tell something else.
    if a.untreated == b.untreated, let mine = a.meanScore, let theirs = b.meanScore, abs(mine - theirs) > 10 {
      compare(-mine, -theirs) {
        "\(Int(($0 / 5).rounded()) * 5) points of mean score \($1 == "fewer" ? "more" : "less")"
      }
    }
    return PlanVariant(
      title: title, assignments: assignments, sessions: sessions, standing: standing, burden: burden,
      limits: limits, facts: facts, proof: proof, won: won, lost: lost, isOnFront: isOnFront)
  }
}
