import Dispatch
import Glibc
import OpenCXCore

/// A blocking HTTP client over one socket, kept off the cooperative pool: it sends exactly the bytes it is given, so a
/// test can say things that no proper client would.
final class TestClient: Sendable {
    struct Response: Sendable {
        var status: Int
        var headers: [(name: String, value: String)]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    struct Failure: Error {
        var message: String
    }

    private let descriptor: Int32
    private let buffer = Locked<[UInt8]>([])
    /// One of its own, which brings a thread of its own: the shared one has too few for hundreds that block.
    private let queue = DispatchQueue(label: "TestClient")

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        Glibc.close(descriptor)
    }

    static func connect(to port: Int) async throws -> TestClient {
        try await offPool(DispatchQueue(label: "connect")) {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            guard descriptor >= 0 else { throw Failure(message: "socket: \(errno)") }
            // A test that waits for what never comes fails instead of hanging.
            var patience = timeval(tv_sec: 20, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
            setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
            let connected = withUnsafePointer(to: address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard connected == 0 else {
                Glibc.close(descriptor)
                throw Failure(message: "connect: \(errno)")
            }
            return TestClient(descriptor: descriptor)
        }
    }

    func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) async throws {
        try await offPool(queue) { [descriptor] in
            var rest = bytes[...]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard sent > 0 else { throw Failure(message: "send: \(errno)") }
                rest = rest.dropFirst(sent)
            }
        }
    }

    /// Reads the next response.
    ///
    /// - Parameter withoutBody: for answers to `HEAD`, whose length is that of a body that does not come.
    func response(withoutBody: Bool = false) async throws -> Response {
        let head = try await take { bytes in
            bytes.indices.first { bytes[$0...].starts(with: [13, 10, 13, 10]) }.map { $0 + 4 }
        }
        var lines = String(decoding: head.dropLast(4), as: UTF8.self).split(separator: "\r\n")
        let words = lines.removeFirst().split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else { throw Failure(message: "no status line") }
        let headers = lines.map { line in
            let name = line.prefix { $0 != ":" }
            return (name: String(name), value: String(line.dropFirst(name.count + 1).drop { $0 == " " }))
        }
        var response = Response(status: status, headers: headers, body: [])
        if !withoutBody, response.header("Transfer-Encoding") == "chunked" {
            while let piece = try await piece() { response.body += piece }
            return response
        }
        guard !withoutBody, let length = response.header("Content-Length").flatMap(Int.init) else { return response }
        response.body = try await take { $0.count >= length ? length : nil }
        return response
    }

    /// Reads the next chunk of a body that grows; `nil` at its end.
    func piece() async throws -> [UInt8]? {
        let line = try await take { bytes in
            bytes.indices.first { bytes[$0...].starts(with: [13, 10]) }.map { $0 + 2 }
        }
        guard let size = Int(String(decoding: line.dropLast(2), as: UTF8.self), radix: 16) else {
            throw Failure(message: "no chunk")
        }
        let piece = try await take { $0.count >= size + 2 ? size + 2 : nil }
        return size == 0 ? nil : Array(piece.dropLast(2))
    }

    /// Says that it sends nothing more, as a client does that has closed its side.
    func close() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Whether the server ends the connection before it sends anything more.
    func isAtEnd() async throws -> Bool {
        guard buffer.withLock({ $0.isEmpty }) else { return false }
        return try await receive().isEmpty
    }

    /// Reads and throws away what still comes, until the server ends the connection.
    func readToEnd() async throws {
        while try await !receive().isEmpty {}
    }

    /// Breaks the connection off at once, as a crashed client would.
    func abort() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private func take(_ complete: @Sendable ([UInt8]) -> Int?) async throws -> [UInt8] {
        while true {
            let taken: [UInt8]? = buffer.withLock { buffer in
                guard let count = complete(buffer) else { return nil }
                defer { buffer.removeFirst(count) }
                return Array(buffer.prefix(count))
            }
            if let taken { return taken }
            let bytes = try await receive()
            guard !bytes.isEmpty else { throw Failure(message: "the server closed the connection") }
            buffer.withLock { $0 += bytes }
        }
    }

    private func receive() async throws -> [UInt8] {
        try await offPool(queue) { [descriptor] in
            var bytes = [UInt8](repeating: 0, count: 64 << 10)
            let count = recv(descriptor, &bytes, bytes.count, 0)
            // Closing with unread bytes arrives as a reset; to the tests both are an end.
            if count < 0 && errno == ECONNRESET { return [] }
            guard count >= 0 else { throw Failure(message: "recv: \(errno)") }
            return Array(bytes.prefix(count))
        }
    }
}

/// Runs blocking work on a Dispatch thread.
private func offPool<Value: Sendable>(
    _ queue: DispatchQueue, _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        queue.async { continuation.resume(with: Result { try body() }) }
    }
}
