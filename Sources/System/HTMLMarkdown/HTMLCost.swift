/// Finds the HTML that Gumbo would need unreasonable time or memory for, before it sees it.
///
/// Gumbo looks through all open elements for many a tag, and opens unclosed formatting anew in each block: both are products of
/// what is open and what comes. This adds the products up as it goes, on what can be told without parsing.
package enum HTMLCost {
    /// How many steps through open elements may be taken.
    static let stepLimit = 20_000_000
    /// How many elements may be made of formatting that was left open.
    static let copyLimit = 400_000
    /// How deep elements may be nested: Gumbo frees them by recursion.
    static let depthLimit = 1_000
    /// The longest text that is parsed.
    static let byteLimit = 1 << 20

    /// Whether Gumbo may parse it.
    package static func isBearable(_ html: [UInt8]) -> Bool {
        guard html.count <= byteLimit else { return false }
        var open: [UInt64: Int] = [:]
        var (depth, formatting, steps, copies, scanned) = (0, 0, 0, 0, 0)
        var place = 0
        while place < html.count {
            guard html[place] == 0x3C else {
                place += 1
                continue
            }
            place += 1
            let closes = place < html.count && html[place] == 0x2F
            if closes { place += 1 }
            // The first eight letters tell all names apart that matter.
            var name: UInt64 = 0
            var length = 0
            while place < html.count, isNameByte(html[place]) {
                if length < 8 { name = name << 8 | UInt64(html[place] | 0x20) }
                length += 1
                place += 1
            }
            guard length > 0 else { continue }
            guard let size = tagSize(html[place...]) else { return false }
            scanned += size
            steps += depth + 1
            if closes {
                if let count = open[name], count > 0 {
                    open[name] = count - 1
                    depth -= 1
                    if Self.formatting.contains(name) { formatting -= 1 }
                }
            } else {
                let formats = Self.formatting.contains(name)
                // A paragraph that its successor closes has the open formatting anew, too.
                if !formats { copies += formatting }
                if !Self.void.contains(name) {
                    open[name, default: 0] += 1
                    depth += 1
                    if formats { formatting += 1 }
                }
            }
            if steps > stepLimit || copies > copyLimit || depth > depthLimit || scanned > 8 * byteLimit { return false }
        }
        return true
    }

    /// How many attributes an element may have: each is compared with those before it.
    private static let attributeLimit = 500

    /// How many bytes the rest of a tag has; `nil` for one with too many attributes. Asked at each `<`, also where it begins no tag,
    /// for what is a tag and what a text only the parser knows.
    private static func tagSize(_ rest: ArraySlice<UInt8>) -> Int? {
        // Before white space it is still the name of the element.
        var (count, quote, previous, hasName) = (0, UInt8(0), UInt8(0x2E), false)
        for (place, byte) in zip(rest.indices, rest) {
            if quote != 0 {
                if byte == quote { (quote, previous) = (0, 0x20) }
                continue
            }
            switch byte {
            case 0x3E: return place - rest.startIndex
            case 0x09, 0x0A, 0x0C, 0x0D, 0x20:
                // White space around the sign of equality belongs to it.
                if previous != 0x3D { previous = 0x20 }
                continue
            case 0x2F: previous = previous == 0x3D ? 0x2F : 0x20
            case 0x3D where hasName: (previous, hasName) = (0x3D, false)
            case 0x22 where previous == 0x3D, 0x27 where previous == 0x3D: quote = byte
            default:
                if previous == 0x20 {
                    count += 1
                    hasName = true
                    if count > attributeLimit { return nil }
                }
                // Only the sign before a value is one.
                previous = byte == 0x3D ? 0x2E : byte
            }
        }
        return rest.count
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x3A || byte == 0x2D
    }

    private static func key(_ name: String) -> UInt64 { name.utf8.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }

    /// Elements that are empty, or closed by what follows them.
    private static let void = Set(
        [
            "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr", "param", "source", "track",
            "embed",
            "p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot", "o:p",
        ].map(key))

    private static let formatting = Set(
        ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"].map(key))
}
