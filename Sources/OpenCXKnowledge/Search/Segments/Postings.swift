/// How often a term stands in the fields of a unit, packed into 32 bits.
struct FieldCounts {
    var packed: UInt32 = 0

    /// In the unit's text.
    var body: UInt32 { packed & 0x3FFF }
    /// In the headings above the unit.
    var headings: UInt32 { packed >> 14 & 0x3F }
    /// In the headings, when the unit is the first under them: what counts for the article as a whole.
    var ownHeadings: UInt32 { packed >> 20 & 0x3F }
    /// In the article's title.
    var title: UInt32 { packed >> 26 }

    /// Where a term can stand.
    enum Field {
        case body, headings, ownHeadings, title
    }

    /// Counts one more, up to what fits.
    mutating func add(_ field: Field) {
        switch field {
        case .body: if body < 0x3FFF { packed += 1 }
        case .headings: if headings < 0x3F { packed += 1 << 14 }
        case .ownHeadings:
            if headings < 0x3F { packed += 1 << 14 }
            if ownHeadings < 0x3F { packed += 1 << 20 }
        case .title: if title < 0x3F { packed += 1 << 26 }
        }
    }
}

/// The inverted lists: for every term the units it stands in, in order, and how often.
struct Postings: Sendable {
    /// Where a term's list begins; one more at the end.
    var starts: [UInt32]
    /// The units.
    var units: [UInt32]
    /// How often in which field, as ``FieldCounts``.
    var counts: [UInt32]
    /// In how many articles each term stands.
    var articleFrequencies: [UInt32]

    /// A term's place in `units` and `counts`.
    func range(_ term: Int) -> Range<Int> { Int(starts[term])..<Int(starts[term + 1]) }
}

/// Collects occurrences unit by unit and turns them into lists term by term with one counting sort.
struct PostingsBuilder {
    private var terms: [UInt32] = []
    private var units: [UInt32] = []
    private var counts: [FieldCounts] = []
    private var lastEntry: [UInt32] = []

    /// Counts an occurrence. Units must come in order.
    mutating func add(_ term: Int, unit: UInt32, field: FieldCounts.Field) {
        while lastEntry.count <= term { lastEntry.append(.max) }
        let last = Int(lastEntry[term])
        if last < units.count, units[last] == unit {
            counts[last].add(field)
        } else {
            lastEntry[term] = UInt32(truncatingIfNeeded: units.count)
            terms.append(UInt32(truncatingIfNeeded: term))
            units.append(unit)
            counts.append(FieldCounts())
            counts[counts.count - 1].add(field)
        }
    }

    /// The lists.
    consuming func finish(termCount: Int, unitArticles: [UInt32]) -> Postings {
        var starts = [UInt32](repeating: 0, count: termCount + 1)
        for term in terms { starts[Int(term) + 1] += 1 }
        for term in 0..<termCount { starts[term + 1] += starts[term] }
        var next = starts
        var sortedUnits = [UInt32](repeating: 0, count: units.count)
        var sortedCounts = sortedUnits
        var articleFrequencies = [UInt32](repeating: 0, count: termCount)
        for entry in 0..<units.count {
            let term = Int(terms[entry])
            let place = Int(next[term])
            next[term] += 1
            sortedUnits[place] = units[entry]
            sortedCounts[place] = counts[entry].packed
            let article = unitArticles[Int(units[entry])]
            if place == Int(starts[term]) || unitArticles[Int(sortedUnits[place - 1])] != article {
                articleFrequencies[term] += 1
            }
        }
        return Postings(
            starts: starts, units: sortedUnits, counts: sortedCounts, articleFrequencies: articleFrequencies)
    }
}
