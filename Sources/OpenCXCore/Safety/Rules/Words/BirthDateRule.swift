/// Dates after a word for a birth, in digits or with the month's name. Other dates stay.
struct BirthDateRule {
    let scan: Scan

    func find(_ found: inout Findings) {
        guard scan.roles.contains(.birth) else { return }
        for cue in scan.cues where cue.roles.contains(.birth) {
            if let range = date(after: cue.range.upperBound) { found.take(.birthDate, range) }
        }
    }

    private func date(after end: Int) -> Range<Int>? {
        let index = firstGroup(at: end)
        guard index < scan.groups.count else { return nil }
        let group = scan.groups[index].range
        if group.lowerBound - end <= 24, let range = inDigits(index) ?? dayFirst(index) { return range }
        // "born March 5, 1984"
        let month = scan.firstCue(at: end + 1)
        for cue in scan.cues[month...].prefix(3) where cue.roles.contains(.month) {
            guard cue.range.lowerBound - end <= 24, group.lowerBound >= cue.range.upperBound,
                group.lowerBound - cue.range.upperBound <= 2, let year = year(after: group.upperBound)
            else { continue }
            return cue.range.lowerBound..<year
        }
        return nil
    }

    private func firstGroup(at position: Int) -> Int {
        var low = 0
        var high = scan.groups.count
        while low < high {
            let middle = (low + high) / 2
            if scan.groups[middle].range.lowerBound < position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// "05.03.1984", "1984-03-05", "5/3/84", "05031984".
    private func inDigits(_ index: Int) -> Range<Int>? {
        let run = NumberRun(scan, from: index)
        if run.parts[0].range.count == 8, run.digits.count >= 8 {
            let digits = run.digits[..<8]
            let isDate = (1900...2030).contains(digits.number(0, 4)) || (1900...2030).contains(digits.number(4, 4))
            return isDate ? run.range(1) : nil
        }
        guard run.parts.count >= 3, run.parts[1].separators == run.parts[2].separators else { return nil }
        let counts = run.parts.prefix(3).map(\.range.count)
        guard counts[1] <= 2, counts[0] == 4 && counts[2] <= 2 || counts[0] <= 2 && (counts[2] == 2 || counts[2] == 4)
        else {
            return nil
        }
        return run.range(3)
    }

    /// "5 March 1984", "5th of March 1984", "5. März 1984", "5 de marzo de 1984".
    private func dayFirst(_ index: Int) -> Range<Int>? {
        let day = scan.groups[index].range
        guard day.count <= 2 else { return nil }
        for cue in scan.cues[scan.firstCue(at: day.upperBound)...].prefix(3) where cue.roles.contains(.month) {
            guard cue.range.lowerBound - day.upperBound <= 7 else { return nil }
            return year(after: cue.range.upperBound).map { day.lowerBound..<$0 }
        }
        return nil
    }

    /// Where a year ends that follows closely.
    private func year(after end: Int) -> Int? {
        let index = firstGroup(at: end)
        guard index < scan.groups.count else { return nil }
        let group = scan.groups[index].range
        guard group.lowerBound - end <= 6, group.count == 4 || group.count == 2 else { return nil }
        return group.upperBound
    }
}
