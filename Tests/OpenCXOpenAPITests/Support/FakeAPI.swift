import OpenCXCore

/// An API that answers as test code says, and remembers what it was asked.
final class FakeAPI: HTTPClient {
    private let answer: @Sendable (HTTPRequest) throws -> HTTPResponse
    private let seen = Locked<[HTTPRequest]>([])

    init(_ answer: @escaping @Sendable (HTTPRequest) throws -> HTTPResponse) {
        self.answer = answer
    }

    convenience init(status: Int = 200, _ body: String = "{}") {
        self.init { _ in
            HTTPResponse(status: status, headers: [("Content-Type", "application/json")], body: Array(body.utf8))
        }
    }

    var requests: [HTTPRequest] { seen.withLock { $0 } }

    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        seen.withLock { $0.append(request) }
        return HTTPResponseStream(try answer(request))
    }
}

extension HTTPRequest {
    func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// Addresses, taken apart.
enum TestURL {
    static func split(_ url: String) -> (path: String, query: [String: String]) {
        let parts = url.split(separator: "?", maxSplits: 1)
        let path = parts[0].split(separator: "/", omittingEmptySubsequences: false).dropFirst(3).joined(separator: "/")
        var query: [String: String] = [:]
        for pair in (parts.count > 1 ? String(parts[1]) : "").split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            query[decoded(sides[0])] = sides.count > 1 ? decoded(sides[1]) : ""
        }
        return ("/" + path, query)
    }

    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ActionCall {
    init(_ name: String, _ values: [String: JSONValue], customer: String? = nil) {
        self.init(
            name: name, values: values.mapValues(UnredactedJSON.init), idempotencyKey: "effect-1", session: "s1",
            ticket: TicketNumber(rawValue: 4521), customer: customer.map(UnredactedText.init))
    }
}
