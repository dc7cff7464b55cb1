/// What the words around a number say that it is.
struct NumberContext {
    /// The roles of the word before it, where one is near.
    var before: CueRoles = []
    /// How many bytes lie between that word and the number.
    var distance = Int.max
    /// Whether other digits lie between.
    var isTaken = false
    /// The roles of the word right behind it.
    var after: CueRoles = []
    /// Whether that word is said of the number: "51234 is my mobile".
    var isSaid = false
    /// Whether only spaces and the like lie between it and the number.
    var isTied = false

    /// Whether the nearest word says that the number is one of these.
    func says(_ roles: CueRoles) -> Bool {
        if !before.isDisjoint(with: roles) { return true }
        return before.isDisjoint(with: .ofNumbers) && !after.isDisjoint(with: roles)
    }

    /// Whether the nearest word says that the number is a matter of business: an order, a price.
    var isMatter: Bool {
        if isTied, !after.isDisjoint(with: [.money]) { return true }
        let matters: CueRoles = [.matter, .version, .money]
        return before.isDisjoint(with: CueRoles.ofNumbers.subtracting(matters)) && says(matters)
    }
}

extension Scan {
    private static let reach = 44

    /// What the words around a stretch say.
    func context(of range: Range<Int>) -> NumberContext {
        var context = NumberContext()
        if cues.isEmpty { return context }
        let next = firstCue(at: range.lowerBound)
        readBefore(range.lowerBound, next - 1, &context)
        readAfter(range.upperBound, next, &context)
        return context
    }

    /// The first cue that begins at a position or behind it.
    func firstCue(at position: Int) -> Int {
        var low = 0
        var high = cues.count
        while low < high {
            let middle = (low + high) / 2
            if cues[middle].range.upperBound <= position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The nearest cue with a role that ends within a number of bytes before a position.
    func cue(_ roles: CueRoles, before position: Int, within reach: Int) -> Cue? {
        var index = firstCue(at: position)
        // The first one found may begin before the position and end behind it.
        while index > 0 {
            index -= 1
            if position - cues[index].range.upperBound > reach { return nil }
            if cues[index].range.upperBound <= position, !cues[index].roles.isDisjoint(with: roles) {
                return cues[index]
            }
        }
        return nil
    }

    private func readBefore(_ position: Int, _ last: Int, _ context: inout NumberContext) {
        var index = last
        var end = position
        var limit = Self.reach
        var fallback: (roles: CueRoles, distance: Int)?
        while index >= 0 {
            let cue = cues[index]
            guard end - cue.range.upperBound <= limit else { break }
            let roles = cue.roles.intersection(.ofNumbers)
            if roles.isEmpty || cue.range.upperBound > position {
                index -= 1
                continue
            }
            let distance = position - cue.range.upperBound
            if distance > 3, bytes[cue.range.upperBound..<position].contains(UInt8(ascii: "\n")) { break }
            // "Order number": the word before the "number" says of what.
            if roles.contains(.number) {
                fallback = fallback ?? (roles.contains(.matter) ? roles.subtracting(.number) : roles, distance)
                end = cue.range.lowerBound
                limit = 6
                index -= 1
                continue
            }
            context.before = roles
            // A pair of words says what both of them say.
            var other = index - 1
            while other >= 0, cues[other].range.upperBound > cue.range.lowerBound {
                context.before.formUnion(cues[other].roles.intersection(.ofNumbers))
                other -= 1
            }
            context.before.remove(.number)
            context.distance = fallback?.distance ?? distance
            break
        }
        if context.before.isEmpty, let fallback {
            context.before = fallback.roles
            context.distance = fallback.distance
        }
        if context.distance < Int.max {
            context.isTaken = bytes[(position - context.distance)..<position].contains(where: \.isASCIIDigit)
        }
    }

    private func readAfter(_ position: Int, _ first: Int, _ context: inout NumberContext) {
        var index = first
        while index < cues.count, cues[index].range.lowerBound - position <= 18 {
            defer { index += 1 }
            let cue = cues[index]
            guard cue.range.lowerBound >= position else { continue }
            let between = bytes[position..<cue.range.lowerBound]
            if between.contains(where: {
                $0.isASCIIDigit || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
            }) {
                return
            }
            let roles = cue.roles.intersection(CueRoles.ofNumbers.union(.line)).subtracting(.number)
            if roles.isEmpty { continue }
            context.after.formUnion(roles)
            context.isSaid = between.starts(with: " is ".utf8) || between.starts(with: " ist ".utf8)
            context.isTied = !between.contains(where: \.isASCIIAlphanumeric)
            return
        }
    }
}
