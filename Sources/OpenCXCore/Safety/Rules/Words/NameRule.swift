/// Names that are known: whole, and each of their words that is no word of the language too.
struct NameRule: Sendable {
    private let names: [[UInt8]]
    /// The first letters, so that most words of a text are passed over at once.
    private let initials: Set<UInt8>

    /// No name has more words, and no text is searched for more names.
    private static let most = 16

    init?(_ names: [String]) {
        var all: [[UInt8]] = []
        for name in names.prefix(Self.most) {
            let words = name.split { !$0.isLetter && $0 != "-" && $0 != "'" && $0 != "’" }.prefix(8)
            if words.count > 1 { all.append(Self.folded(words.joined(separator: " "))) }
            for word in words where word.utf8.count > 2 && !Self.ordinary.contains(word.lowercased()) {
                all.append(Self.folded(String(word)))
            }
        }
        if all.isEmpty { return nil }
        self.names = all.sorted { $0.count > $1.count }
        initials = Set(all.compactMap(\.first))
    }

    func find(in scan: Scan, _ found: inout Findings) {
        let bytes = scan.bytes
        var position = 0
        var isInside = false
        while position < bytes.count {
            let isLetter = ByteClass.table[Int(bytes[position])].isLetter
            if isLetter, !isInside, initials.contains(Self.folded(bytes[position])),
                let name = names.first(where: { matches($0, at: position, in: bytes) })
            {
                found.take(.name, position..<position + name.count)
                position += name.count
                isInside = false
            } else {
                isInside = isLetter
                position += 1
            }
        }
    }

    private func matches(_ name: [UInt8], at start: Int, in bytes: [UInt8]) -> Bool {
        let end = start + name.count
        guard end <= bytes.count, end == bytes.count || !ByteClass.table[Int(bytes[end])].isLetter else { return false }
        return zip(bytes[start..<end], name).allSatisfy { Self.folded($0) == $1 }
    }

    private static func folded(_ text: String) -> [UInt8] { PlainForm(text).bytes.map(folded) }

    /// Small and capital letters alike, those of Western Europe too.
    private static func folded(_ byte: UInt8) -> UInt8 {
        byte.isASCIILetter || (0x80...0x9F).contains(byte) ? byte | 0x20 : byte
    }

    /// Names that are words as well, found only beside the rest of the name.
    private static let ordinary: Set<String> = [
        "will", "may", "mark", "grant", "rich", "bill", "frank", "hope", "joy", "art", "price", "page", "long", "short",
        "king",
        "day", "green", "brown", "white", "black", "young", "best", "good", "may", "june", "april", "august", "sunny",
        "guest",
        "customer", "user", "admin", "test", "the", "and", "van", "von", "der", "den", "del", "les", "los", "dos",
        "mrs", "miss",
        "team", "support", "case", "cash", "drew", "chase", "sky", "read", "love", "law", "shop", "web", "visitor",
        "anonymous",
    ]
}
