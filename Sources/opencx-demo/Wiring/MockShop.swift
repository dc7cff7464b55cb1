internal import OpenCXCore

/// Answers calls to the mock order API in this process, without a socket, so that `chat` and `ask` have it too; every other call
/// goes out.
struct MockShop: HTTPClient {
    let orders: OrderBook?
    let outside: any HTTPClient

    /// A host that no name server knows: `.example` is reserved (RFC 2606).
    static let origin = "https://orders.example"

    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        guard request.url.hasPrefix(Self.origin + "/") else { return try await outside.open(request) }
        guard let orders else {
            throw HTTPClientError(.unreachable, "There is no mock order API without \"orders\" in the configuration.")
        }
        let path = request.url.dropFirst(Self.origin.count).prefix { $0 != "?" }
        let response = orders.respond(
            to: WebhookRequest(
                method: request.method, path: String(path), headers: request.headers, body: request.body))
        return HTTPResponseStream(
            HTTPResponse(status: response.status, headers: response.headers, body: response.body))
    }
}
