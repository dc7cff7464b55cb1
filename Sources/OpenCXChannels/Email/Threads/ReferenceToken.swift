internal import OpenCXCore

/// The ticket's number as customers see it: `[04521]` in the subject, `Ref: #04521` in the text.
enum ReferenceToken {
    /// The token for a subject.
    static func text(of ticket: TicketNumber) -> String {
        let digits = String(ticket.rawValue)
        return "[" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + "]"
    }

    /// The numbers that a mail names, those of the subject first.
    static func tickets(subject: String?, text: String) -> [TicketNumber] {
        var numbers: [Int] = []
        if let subject { numbers += bracketed(subject) }
        for line in text.split(separator: "\n", maxSplits: 400).prefix(400) where line.utf8.count <= 200 {
            numbers += named(line.trimmingSpaces.lowercased())
        }
        var seen: Set<Int> = []
        return numbers.filter { seen.insert($0).inserted }.prefix(4).map(TicketNumber.init(rawValue:))
    }

    /// A subject without its tokens.
    static func removed(from subject: String) -> String {
        var result = ""
        var rest = subject[...]
        while let open = rest.firstIndex(of: "[") {
            result += rest[..<open]
            let inner = rest[rest.index(after: open)...]
            if let close = inner.firstIndex(of: "]"), number(inner[..<close]) != nil {
                rest = inner[inner.index(after: close)...]
            } else {
                result += "["
                rest = inner
            }
        }
        return (result + rest).trimmingSpaces
    }

    private static func bracketed(_ text: String) -> [Int] {
        var found: [Int] = []
        for piece in text.split(separator: "[", omittingEmptySubsequences: false).dropFirst() {
            if let close = piece.firstIndex(of: "]"), let number = number(piece[..<close]) { found.append(number) }
        }
        return found
    }

    private static let names = ["reference", "ref", "referenz", "référence", "referencia", "riferimento"]

    /// `ref: #12345`, `reference: ticket #12345`
    private static func named(_ line: String) -> [Int] {
        guard let colon = line.firstIndex(of: ":") else { return [] }
        let name = line[..<colon].drop { ">-* ".contains($0) }
        guard names.contains(name.trimmingSpaces) else { return [] }
        var rest = line[line.index(after: colon)...].drop { $0 == " " }
        if rest.hasPrefix("ticket") { rest = rest.dropFirst(6).drop { $0 == " " } }
        guard rest.first == "#" else { return [] }
        return number(rest.dropFirst().prefix { $0.isASCII && $0.isNumber }).map { [$0] } ?? []
    }

    /// Up to twelve digits, maybe behind a hash sign.
    private static func number(_ text: Substring) -> Int? {
        let digits = text.hasPrefix("#") ? text.dropFirst() : text
        guard (1...12).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(digits)
    }
}

/// Subjects without what mail programs put before them.
enum SubjectText {
    private static let prefixes: Set<String> = [
        "re", "aw", "antw", "antwort", "sv", "vs", "odp", "ref", "res", "rv", "ynt", "bls", "tr", "fw", "fwd", "wg",
        "wtr", "doorst",
        "vl", "videresend", "vb", "i", "enc", "rif", "r", "回复", "答复", "回覆", "转发", "轉寄", "返信", "转", "ha", "vá", "отв",
        "ответ",
        "пересл", "ur", "pd", "yan", "ilt", "απ", "σχετ",
    ]

    /// The subject itself; `nil` when nothing is left of it.
    static func bare(_ subject: String) -> String? {
        var rest = ReferenceToken.removed(from: subject)[...]
        for _ in 0..<20 {
            guard let colon = rest.firstIndex(where: { $0 == ":" || $0 == "：" }) else { break }
            // `Re[2]:`, `Re (3):`
            let word = rest[..<colon].lowercased().filter { !$0.isNumber && !"[]() ".contains($0) }
            guard rest[..<colon].count <= 12, prefixes.contains(word) else { break }
            rest = rest[rest.index(after: colon)...].drop(while: \.isWhitespace)
        }
        let bare = rest.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return bare.isEmpty ? nil : String(bare.prefix(300))
    }
}
