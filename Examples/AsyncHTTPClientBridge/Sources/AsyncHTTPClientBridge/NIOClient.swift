import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import OpenCXCore

/// Lets an agent use the HTTP client that the server around it has already. Much the same code stands in the documentation of
/// OpenCXCurl.
public struct NIOClient: OpenCXCore.HTTPClient {
    private let client: AsyncHTTPClient.HTTPClient

    /// Wraps a client; whoever made it shuts it down.
    public init(_ client: AsyncHTTPClient.HTTPClient) {
        self.client = client
    }

    /// Sends a request; the body is read as it arrives.
    public func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
        if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        do {
            let (seconds, attoseconds) = request.timeout.components
            let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
            let response = try await client.execute(outgoing, timeout: .nanoseconds(nanoseconds))
            return HTTPResponseStream(
                status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) },
                body: response.body.map { Array($0.readableBytesView) })
        } catch let error as AsyncHTTPClient.HTTPClientError where error == .connectTimeout {
            throw OpenCXCore.HTTPClientError(.unreachable, "The server could not be reached in time.")
        } catch let error as AsyncHTTPClient.HTTPClientError where error == .deadlineExceeded {
            throw OpenCXCore.HTTPClientError(.timeout, "The server did not answer in time.")
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw OpenCXCore.HTTPClientError(.interrupted, "The exchange was interrupted: \(type(of: error)).")
        }
    }
}
