internal import CMicrohttpd
internal import OpenCXCore

/// Turns a response value into the library's and queues it.
enum ResponseWriter {
    /// Queues the response; to be called on the connection's thread.
    static func queue(_ response: WebhookResponse, on connection: OpaquePointer, closing: Bool) -> MHD_Result {
        guard let status = UInt32(exactly: response.status), (200...599).contains(status),
            let prepared = make(response, closing: closing)
        else {
            let error = WebhookResponse.error(500, "The handler's response is not valid HTTP.")
            guard let prepared = make(error, closing: true) else { return .NO }
            defer { MHD_destroy_response(prepared) }
            return MHD_queue_response(connection, 500, prepared)
        }
        defer { MHD_destroy_response(prepared) }
        return MHD_queue_response(connection, status, prepared)
    }

    /// Queues an answer whose body grows; to be called on the connection's thread.
    static func queue(
        _ stream: WebhookStream, _ body: GrowingBody, on connection: OpaquePointer, closing: Bool
    ) -> MHD_Result {
        guard let status = UInt32(exactly: stream.status), (200...599).contains(status) else {
            return queue(WebhookResponse(status: 0), on: connection, closing: closing)
        }
        // Given back by `releaseGrowingBody`, once the library needs it no more.
        let context = Unmanaged.passRetained(body)
        guard
            let prepared = opencx_mhd_growing_response(
                blockBytes, readGrowingBody, context.toOpaque(), releaseGrowingBody)
        else {
            context.release()
            return .NO
        }
        defer { MHD_destroy_response(prepared) }
        guard add(stream.headers, to: prepared, closing: closing) else {
            return queue(WebhookResponse(status: 0), on: connection, closing: closing)
        }
        return MHD_queue_response(connection, status, prepared)
    }

    /// The library asks for at most this much at once, and for no more than fits in a connection's memory.
    private static let blockBytes = 4096

    private static func make(_ response: WebhookResponse, closing: Bool) -> OpaquePointer? {
        guard let prepared = response.body.withUnsafeBytes({ opencx_mhd_response($0.baseAddress, $0.count) }) else {
            return nil
        }
        guard add(response.headers, to: prepared, closing: closing) else {
            MHD_destroy_response(prepared)
            return nil
        }
        return prepared
    }

    private static func add(
        _ headers: [(name: String, value: String)], to prepared: OpaquePointer, closing: Bool
    ) -> Bool {
        for (name, value) in headers where !isFraming(name) && !value.isEmpty {
            // Refuses line breaks, so a handler that copies a client's text into a header cannot split the response.
            guard !value.utf8.contains(0), MHD_add_response_header(prepared, name, value) == .YES else { return false }
        }
        if closing { _ = MHD_add_response_header(prepared, "Connection", "close") }
        return true
    }

    /// Headers that say where the message ends belong to the library.
    private static func isFraming(_ name: String) -> Bool {
        ["content-length", "transfer-encoding"].contains(name.lowercased())
    }
}
