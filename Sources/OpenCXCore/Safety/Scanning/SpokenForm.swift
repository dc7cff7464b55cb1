/// Addresses and numbers that are spelled out, rewritten the usual way: "jane at example dot com", "four one five …".
///
/// Each word is replaced only where a whole address or a row of digits comes of it, so that "look at this" stays.
struct SpokenForm {
    let scan: Scan
    private var replacements: [(range: Range<Int>, bytes: [UInt8])] = []

    init(_ scan: Scan) {
        self.scan = scan
        if scan.roles.contains(.digit) { replacements += SpokenDigits(scan: scan).replacements }
        if !scan.ats.isEmpty || !scan.roles.isDisjoint(with: [.at, .commercialAt]) {
            replacements += SpokenAddresses(scan: scan).replacements
        }
    }

    /// The text with its replacements; `nil` where there are none.
    var text: PlainForm? {
        if replacements.isEmpty { return nil }
        var pieces: [(bytes: ArraySlice<UInt8>, range: Range<Int>)] = []
        var position = 0
        for (range, bytes) in replacements.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard range.lowerBound >= position else { continue }
            pieces.append((scan.bytes[position..<range.lowerBound], position..<range.lowerBound))
            if !bytes.isEmpty { pieces.append((bytes[...], range)) }
            position = range.upperBound
        }
        pieces.append((scan.bytes[position...], position..<scan.bytes.count))
        return PlainForm(pieces, of: scan.text)
    }
}

/// Rows of words for digits.
struct SpokenDigits {
    let scan: Scan

    /// Fewer digits in a row are no number that is looked for.
    private static let fewest = 5

    private struct Item {
        var range: Range<Int>
        /// A word's value; `nil` for digits that are written as such.
        var value: UInt8?
    }

    var replacements: [(range: Range<Int>, bytes: [UInt8])] {
        var found: [(range: Range<Int>, bytes: [UInt8])] = []
        var row: [Item] = []
        for item in items {
            if let last = row.last, !isNext(last.range.upperBound, item.range.lowerBound) {
                found += rewrite(row)
                row = []
            }
            row.append(item)
        }
        return found + rewrite(row)
    }

    /// Words for digits and digits, in order.
    private var items: [Item] {
        var items = scan.cues.filter { $0.roles.contains(.digit) }.map { Item(range: $0.range, value: $0.value) }
        items += scan.groups.map { Item(range: $0.range, value: nil) }
        return items.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private func isNext(_ end: Int, _ start: Int) -> Bool {
        start >= end && start - end <= 3
            && scan.bytes[end..<start].allSatisfy { " ,-.\t/".utf8.contains($0) }
    }

    private func rewrite(_ row: [Item]) -> [(range: Range<Int>, bytes: [UInt8])] {
        guard row.count(where: { $0.value != nil }) >= 3 else { return [] }
        var pieces: [(range: Range<Int>, bytes: [UInt8])] = []
        var count = 0
        var index = 0
        while index < row.count {
            let (digits, used) = read(row[index...])
            let range = row[index].range.lowerBound..<row[index + used - 1].range.upperBound
            pieces.append((range, digits))
            count += digits.count
            index += used
            guard index < row.count else { break }
            // A comma sets groups off; a space between words does not.
            let gap = range.upperBound..<row[index].range.lowerBound
            let isGroup = scan.bytes[gap].contains { $0 != UInt8(ascii: " ") } || row[index].value == nil
            if !gap.isEmpty { pieces.append((gap, isGroup ? [UInt8(ascii: " ")] : [])) }
        }
        guard count >= Self.fewest else { return [] }
        if let plus = plus(before: row[0].range.lowerBound) { pieces.insert((plus, [UInt8(ascii: "+")]), at: 0) }
        return pieces
    }

    /// The digits that the first words stand for, and how many words those are.
    private func read(_ row: ArraySlice<Item>) -> (digits: [UInt8], used: Int) {
        let first = row[row.startIndex]
        guard let value = first.value else { return (Array(scan.bytes[first.range]), 1) }
        let next = row.count > 1 ? row[row.startIndex + 1].value : nil
        switch value {
        case 0...9 where next == CueLexicon.Value.hundred: return ([value + 48, 48, 48], 2)
        case 0...9: return ([value + 48], 1)
        case 20...90:
            if let next, (1...9).contains(next) { return ([value / 10 + 48, next + 48], 2) }
            return ([value / 10 + 48, 48], 1)
        case 10...19: return ([49, value - 10 + 48], 1)
        case CueLexicon.Value.double, CueLexicon.Value.triple:
            guard let next, next < 10 else { return ([], 1) }
            return (Array(repeating: next + 48, count: value == CueLexicon.Value.double ? 2 : 3), 2)
        default: return ([], 1)
        }
    }

    /// The word "plus" right before a row of digits.
    private func plus(before position: Int) -> Range<Int>? {
        guard let cue = scan.cue(.sign, before: position, within: 2), scan.bytes[cue.range].elementsEqual("plus".utf8)
        else { return nil }
        return cue.range.lowerBound..<position
    }
}
