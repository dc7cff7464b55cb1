/// The body of a response that is still arriving; letting go of it closes the transfer.
struct ResponseBody: AsyncSequence, Sendable {
    typealias Element = [UInt8]
    typealias Failure = any Error

    private let reading: Reading

    init(transfer: Transfer, client: CurlHTTPClient) {
        reading = Reading(transfer: transfer, client: client)
    }

    func makeAsyncIterator() -> Iterator { Iterator(reading: reading) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate let reading: Reading

        func next() async throws -> [UInt8]? {
            try await reading.transfer.next()
        }
    }

    /// Shared by the sequence and its iterators; the last one to go ends the transfer.
    fileprivate final class Reading: Sendable {
        let transfer: Transfer
        /// Keeps the client alive, whose end would be the end of the transfer.
        private let client: CurlHTTPClient

        init(transfer: Transfer, client: CurlHTTPClient) {
            self.transfer = transfer
            self.client = client
        }

        deinit {
            transfer.cancel()
        }
    }
}
