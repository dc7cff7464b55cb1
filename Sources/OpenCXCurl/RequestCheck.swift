internal import OpenCXCore

/// Refuses requests that cannot be sent as they are, above all ones that would smuggle in a line of their own.
enum RequestCheck {
    static func check(_ request: HTTPRequest) throws(HTTPClientError) {
        try check(url: request.url)
        guard !request.method.isEmpty, request.method.utf8.allSatisfy({ isCapital($0) || $0 == UInt8(ascii: "-") })
        else {
            throw bad("The method of a request is a word in capitals.")
        }
        guard request.method != "CONNECT" && request.method != "TRACE" else {
            throw bad("\(request.method) requests are not sent.")
        }
        guard request.method != "HEAD" || request.body.isEmpty else { throw bad("A HEAD request has no body.") }
        for (name, value) in request.headers { try check(name, value, request) }
    }

    private static func check(url: String) throws(HTTPClientError) {
        // Printable ASCII without space and backslash, which programs read differently.
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
            throw bad("The URL holds characters that have to be escaped.")
        }
        let scheme = url.prefix(8).lowercased()
        guard scheme == "https://" || scheme.hasPrefix("http://") else {
            throw bad("The URL has to begin with https:// or http://.")
        }
        let rest = url.utf8.dropFirst(scheme == "https://" ? 8 : 7)
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard !authority.isEmpty else { throw bad("The URL names no host.") }
        guard !authority.contains(UInt8(ascii: "@")) else {
            throw bad("The URL holds credentials. Send them in an Authorization header.")
        }
    }

    private static func check(_ name: String, _ value: String, _ request: HTTPRequest) throws(HTTPClientError) {
        guard !name.isEmpty, name.utf8.allSatisfy(isToken) else {
            throw bad("A header's name holds characters that are not allowed there.")
        }
        guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
            throw bad("The value of the header \(name) holds control characters.")
        }
        // A body whose end two programs see at different places is how requests are smuggled.
        switch name.utf8.count {
        case 14 where name.lowercased() == "content-length":
            guard Int(value) == request.body.count else { throw bad("Content-Length is not the length of the body.") }
        case 17 where name.lowercased() == "transfer-encoding":
            throw bad("Transfer-Encoding is not the caller's to choose.")
        default: break
        }
    }

    private static func bad(_ message: String) -> HTTPClientError { HTTPClientError(.badRequest, message) }

    private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
