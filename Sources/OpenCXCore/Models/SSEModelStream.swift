/// What an adapter knows of its vendor's events.
package protocol ModelEventReader: Sendable {
    /// Takes an event and returns what it adds; `.finished` once nothing more is to come.
    ///
    /// - Throws: ``ModelError``.
    mutating func read(_ event: ServerSentEvents.Event) throws -> [ModelDelta]
}

/// A body of server-sent events as a stream of deltas. Reads only as far as it is read.
package struct SSEModelStream<Reader: ModelEventReader>: AsyncSequence, Sendable {
    private let body: any AsyncSequence<[UInt8], any Error> & Sendable
    private let vendor: String
    private let reader: Reader

    package init(_ body: any AsyncSequence<[UInt8], any Error> & Sendable, vendor: String, _ reader: Reader) {
        self.body = body
        self.vendor = vendor
        self.reader = reader
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(body: body.makeAsyncIterator(), vendor: vendor, reader: reader)
    }

    package struct Iterator: AsyncIteratorProtocol {
        private var body: (any AsyncIteratorProtocol<[UInt8], any Error>)?
        private let vendor: String
        private var reader: Reader
        private var events = ServerSentEvents()
        private var waiting: [ModelDelta] = []
        private var isFinished = false

        fileprivate init(body: any AsyncIteratorProtocol<[UInt8], any Error>, vendor: String, reader: Reader) {
            self.body = body
            self.vendor = vendor
            self.reader = reader
        }

        package mutating func next() async throws -> ModelDelta? {
            if isFinished {
                // Reading to the end, as the vendors' clients do, lets the connection be used again.
                while var rest = body, (try? await rest.next(isolation: #isolation)) != nil { body = rest }
                body = nil
                return nil
            }
            while waiting.isEmpty {
                guard var body else { return nil }
                let piece: [UInt8]?
                do {
                    piece = try await body.next(isolation: #isolation)
                } catch let error as HTTPClientError {
                    throw ModelError(error, from: vendor)
                }
                self.body = body
                guard let piece else {
                    throw ModelError(.unreachable, "\(vendor) ended its answer in the middle.")
                }
                do {
                    for event in try events.take(piece) { waiting += try reader.read(event) }
                } catch is ServerSentEvents.TooLong {
                    throw ModelError(.malformed, "\(vendor) sent an event that is longer than is taken.")
                }
            }
            let delta = waiting.removeFirst()
            if case .finished = delta { isFinished = true }
            return delta
        }
    }
}

extension HTTPResponseStream {
    /// The beginning of the body, for what a failure has to say.
    package func firstBytes(_ limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in body {
            bytes += piece
            if bytes.count >= limit { break }
        }
        return Array(bytes.prefix(limit))
    }
}
