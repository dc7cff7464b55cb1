public import OpenCXCore

/// An HTTP client without a network: answers as a script says, byte for byte, and keeps what it was asked.
public final class ScriptedHTTP: HTTPClient {
    /// What a request gets.
    public struct Answer: Sendable {
        /// The status.
        public var status: Int
        /// The headers.
        public var headers: [(name: String, value: String)]
        /// The body, in the pieces in which it arrives.
        public var pieces: [[UInt8]]
        /// How the body ends, when not well.
        public var failure: HTTPClientError?
        /// Waits before each piece; with a `ManualClock` in it, a slow server.
        public var pause: (@Sendable () async throws -> Void)?

        /// Makes an answer.
        public init(
            status: Int = 200, headers: [(name: String, value: String)] = [], pieces: [[UInt8]] = [],
            failure: HTTPClientError? = nil, pause: (@Sendable () async throws -> Void)? = nil
        ) {
            self.status = status
            self.headers = headers
            self.pieces = pieces
            self.failure = failure
            self.pause = pause
        }

        /// Makes an answer whose body is a text, cut into pieces of so many bytes.
        public init(
            _ body: String, status: Int = 200, headers: [(name: String, value: String)] = [],
            pieceSize: Int = 1 << 20, failure: HTTPClientError? = nil
        ) {
            let bytes = Array(body.utf8)
            let starts = stride(from: 0, to: bytes.count, by: max(1, pieceSize))
            self.init(
                status: status, headers: headers,
                pieces: starts.map { Array(bytes[$0..<min(bytes.count, $0 + max(1, pieceSize))]) }, failure: failure)
        }
    }

    private let script: @Sendable (HTTPRequest) async throws -> Answer
    private let seen = Locked<[HTTPRequest]>([])

    /// Makes a client that asks a closure.
    public init(_ script: @escaping @Sendable (HTTPRequest) async throws -> Answer) {
        self.script = script
    }

    /// Makes a client that gives these answers one after the other, and the last one from then on.
    public convenience init(answers: Answer...) {
        let left = Locked(answers[...])
        self.init { _ in
            try left.withLock { left in
                guard let next = left.first else { throw HTTPClientError(.unreachable, "The script has no answer.") }
                if left.count > 1 { left.removeFirst() }
                return next
            }
        }
    }

    /// What it was asked, in order.
    public var requests: [HTTPRequest] { seen.withLock { $0 } }

    /// Asks the script.
    public func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        seen.withLock { $0.append(request) }
        let answer = try await script(request)
        return HTTPResponseStream(
            status: answer.status, headers: answer.headers, body: Pieces(answer: answer))
    }

    private struct Pieces: AsyncSequence, Sendable {
        let answer: Answer

        func makeAsyncIterator() -> Iterator { Iterator(answer: answer) }

        struct Iterator: AsyncIteratorProtocol {
            let answer: Answer
            var place = 0

            mutating func next() async throws -> [UInt8]? {
                try Task.checkCancellation()
                try await answer.pause?()
                guard place < answer.pieces.count else {
                    if let failure = answer.failure { throw failure }
                    return nil
                }
                place += 1
                return answer.pieces[place - 1]
            }
        }
    }
}
