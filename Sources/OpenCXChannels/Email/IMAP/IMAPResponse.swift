/// What an IMAP server says at a time: a line, with the literals that stand in it (RFC 9051, section 4.3).
struct IMAPResponse: Hashable, Sendable {
    /// The line; a literal is `{n}` there.
    var text: String
    /// What the literals hold, in order.
    var literals: [[UInt8]] = []

    /// The words up to the first literal or parenthesis.
    var words: [Substring] {
        text.prefix { $0 != "(" && $0 != "{" }.split(separator: " ")
    }

    /// `EXISTS`, `SEARCH`, `FETCH`… of a response that belongs to no command.
    var untagged: (name: String, number: UInt32?)? {
        let words = words
        guard words.count >= 2, words[0] == "*" else { return nil }
        if let number = UInt32(words[1]) { return words.count >= 3 ? (words[2].uppercased(), number) : nil }
        return (words[1].uppercased(), nil)
    }

    /// A code in brackets: `UIDVALIDITY`, `PERMANENTFLAGS`.
    func code(_ name: String) -> String? {
        guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else { return nil }
        let inner = text[text.index(after: open)..<close]
        let word = inner.prefix { $0 != " " }
        guard word.uppercased() == name else { return nil }
        return inner.dropFirst(word.count).trimmingSpaces
    }

    /// The numbers of a search.
    var found: [UInt32] {
        words.dropFirst(2).compactMap { UInt32($0) }
    }

    /// The number behind a name: `UID 7`, `RFC822.SIZE 512`.
    func number(after name: String) -> UInt32? {
        let parts = text.uppercased().split { $0 == " " || $0 == "(" || $0 == ")" }
        guard let place = parts.firstIndex(where: { $0 == name }), place + 1 < parts.count else { return nil }
        return UInt32(parts[place + 1])
    }
}

/// Cuts what a server sends into responses, however the bytes come.
struct IMAPReader {
    /// Why nothing more is read.
    enum Failure: Error { case lineTooLong, literalTooLong }

    private var line: [UInt8] = []
    private var literals: [[UInt8]] = []
    private var literal: [UInt8] = []
    private var missing = 0
    private let literalLimit: Int
    private static let lineLimit = 1 << 20

    init(literalLimit: Int) {
        self.literalLimit = literalLimit
    }

    /// Takes bytes, and returns the responses that are complete.
    mutating func take(_ bytes: some Sequence<UInt8>) throws(Failure) -> [IMAPResponse] {
        var responses: [IMAPResponse] = []
        for byte in bytes {
            if missing > 0 {
                literal.append(byte)
                missing -= 1
                if missing == 0 { endLiteral() }
                continue
            }
            guard byte == 10 else {
                line.append(byte)
                if line.count > Self.lineLimit { throw .lineTooLong }
                continue
            }
            if line.last == 13 { line.removeLast() }
            if let count = announced() {
                guard count <= literalLimit, literals.count < 100 else { throw .literalTooLong }
                missing = count
                literal.reserveCapacity(count)
                if count == 0 { endLiteral() }
            } else {
                responses.append(IMAPResponse(text: String(decoding: line, as: UTF8.self), literals: literals))
                line = []
                literals = []
            }
        }
        return responses
    }

    private mutating func endLiteral() {
        literals.append(literal)
        literal = []
    }

    /// The length of the literal that the line ends with the announcement of.
    private func announced() -> Int? {
        guard line.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        let digits = line[(open + 1)..<(line.count - 1)].filter { $0 != UInt8(ascii: "+") }
        guard (1...10).contains(digits.count) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
