/// Reads a form with files (`multipart/form-data`, RFC 7578) in one pass, within bounds: how many parts, and how long their
/// headers are. The body itself was bounded by whoever read it.
struct Multipart {
    struct Part: Hashable {
        /// The field's name.
        var name: String
        /// The file's name, where the part is a file.
        var fileName: String?
        /// The media type that the client gives.
        var contentType: String?
        var body: ArraySlice<UInt8>
    }

    /// Why a body cannot be read.
    enum Problem: Error, Hashable {
        case notMultipart, noBoundary, malformed, tooManyParts, headersTooLong
    }

    static let partLimit = 16
    static let headerLimit = 4096

    /// The parts of a body whose request has this content type.
    static func parts(of body: [UInt8], contentType: String) throws(Problem) -> [Part] {
        let type = HeaderValue(contentType)
        guard type.value.lowercased() == "multipart/form-data" else { throw .notMultipart }
        guard let boundary = type.parameters["boundary"], (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw .noBoundary }
        var reader = Reader(body: body[...], delimiter: Array("--\(boundary)".utf8))
        return try reader.parts()
    }

    private struct Reader {
        var body: ArraySlice<UInt8>
        let delimiter: [UInt8]

        mutating func parts() throws(Problem) -> [Part] {
            // What stands before the first delimiter is for nobody.
            guard skip(pastLineWith: delimiter) != nil else { throw .malformed }
            var parts: [Part] = []
            while true {
                if body.starts(with: [0x2D, 0x2D]) { return parts }
                skipSpace()
                guard takeLineEnd() else { throw .malformed }
                if parts.count == partLimit { throw .tooManyParts }
                let head = try headers()
                guard let content = skip(pastLineWith: delimiter) else { throw .malformed }
                parts.append(
                    Part(name: head.name, fileName: head.fileName, contentType: head.contentType, body: content))
            }
        }

        /// Goes on behind the next line that begins with `mark`.
        ///
        /// - Returns: what stands before that line, without the line end between; `nil` when there is no such line.
        private mutating func skip(pastLineWith mark: [UInt8]) -> ArraySlice<UInt8>? {
            var place = body.startIndex
            var isLineStart = true
            while place < body.endIndex {
                if isLineStart, body[place...].starts(with: mark) {
                    let end = max(body.startIndex, place - 2)
                    defer { body = body[(place + mark.count)...] }
                    return body[body.startIndex..<end]
                }
                guard let lineFeed = body[place...].firstIndex(of: 0x0A) else { return nil }
                // Only both together end a line: a file is full of bytes that look like one of them.
                isLineStart = lineFeed > body.startIndex && body[lineFeed - 1] == 0x0D
                place = lineFeed + 1
            }
            return nil
        }

        private mutating func skipSpace() {
            while let byte = body.first, byte == 0x20 || byte == 0x09 { body.removeFirst() }
        }

        private mutating func takeLineEnd() -> Bool {
            guard body.starts(with: [0x0D, 0x0A]) else { return false }
            body = body.dropFirst(2)
            return true
        }

        private mutating func headers() throws(Problem) -> (name: String, fileName: String?, contentType: String?) {
            var disposition: HeaderValue?
            var contentType: String?
            var length = 0
            while !takeLineEnd() {
                let window = body.prefix(headerLimit - length + 2)
                guard let lineFeed = window.firstIndex(of: 0x0A) else {
                    if window.count < body.count { throw .headersTooLong }
                    throw .malformed
                }
                guard lineFeed > body.startIndex, body[lineFeed - 1] == 0x0D else { throw .malformed }
                let line = String(decoding: body[body.startIndex..<lineFeed - 1], as: UTF8.self)
                length += lineFeed + 1 - body.startIndex
                body = body[(lineFeed + 1)...]
                guard let colon = line.firstIndex(of: ":") else { throw .malformed }
                let value = String(line[line.index(after: colon)...])
                switch line[..<colon].lowercased() {
                case "content-disposition": disposition = HeaderValue(value)
                case "content-type": contentType = HeaderValue(value).value.lowercased()
                default: break
                }
            }
            guard let disposition, disposition.value.lowercased() == "form-data",
                let name = disposition.parameters["name"]
            else { throw .malformed }
            return (name, disposition.parameters["filename"], contentType)
        }
    }
}

/// A header's value with its parameters: `form-data; name="file"; filename="a.png"`.
struct HeaderValue: Hashable {
    private(set) var value = ""
    /// By name in lower case; of several with the same name the first counts.
    private(set) var parameters: [String: String] = [:]

    init(_ text: String) {
        var pieces: [String] = []
        var piece = ""
        var isQuoted = false
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                // Browsers escape nothing but the quote, as %22; others put a backslash before it, and before itself.
                if scalar != "\"", scalar != "\\" { piece.unicodeScalars.append("\\") }
                piece.unicodeScalars.append(scalar)
                isEscaped = false
            } else if isQuoted, scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                isQuoted.toggle()
            } else if scalar == ";", !isQuoted {
                pieces.append(piece)
                piece = ""
            } else {
                piece.unicodeScalars.append(scalar)
            }
        }
        pieces.append(piece)
        value = Self.trimmed(pieces[0])
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = Self.trimmed(piece[..<equals]).lowercased()
            if parameters[name] == nil { parameters[name] = Self.trimmed(piece[piece.index(after: equals)...]) }
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let start = text.drop(while: isSpace)
        return String(start.reversed().drop(while: isSpace).reversed())
    }
}
