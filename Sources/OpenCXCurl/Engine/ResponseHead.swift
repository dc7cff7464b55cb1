/// The status and the headers of a response, read line by line as curl hands them over.
struct ResponseHead: Sendable {
    private(set) var status = 0
    private(set) var headers: [(name: String, value: String)] = []
    private(set) var isComplete = false
    private var byteCount = 0

    /// More than this is not taken, however many responses (100, 103) come before the real one.
    static let limit = 256 << 10

    /// Takes one line; false when the head is too long.
    mutating func take(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        // What comes after the body is a trailer, and no part of the head.
        guard !isComplete else { return true }
        byteCount += line.count
        guard byteCount <= Self.limit else { return false }
        let text = Self.trimmed(line[...])
        if text.isEmpty {
            // The end of a head; those of 1xx responses come before the one that counts.
            if status >= 200 { isComplete = true }
        } else if let first = line.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") {
            // A folded value, which old servers still send.
            if !headers.isEmpty { headers[headers.count - 1].value += " " + String(decoding: text, as: UTF8.self) }
        } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
            let name = Self.trimmed(text[..<colon])
            let value = Self.trimmed(text[(colon + 1)...])
            headers.append((String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
        } else if text.starts(with: "HTTP/".utf8) {
            headers = []
            status = text.drop { $0 != UInt8(ascii: " ") }.dropFirst().prefix(3).reduce(0) { $0 * 10 + Int($1 & 15) }
        }
        return true
    }

    /// Where the response sends its reader on to.
    var location: String? { headers.first { $0.name.lowercased() == "location" }?.value }

    private static func trimmed(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
        var (start, end) = (line.startIndex, line.endIndex)
        while start < end, line[start] <= 0x20 { start += 1 }
        while start < end, line[end - 1] <= 0x20 { end -= 1 }
        return line[start..<end]
    }
}
