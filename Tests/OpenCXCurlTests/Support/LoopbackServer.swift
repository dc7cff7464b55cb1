import Glibc
import OpenCXCore

/// A server on loopback that does exactly what the test's script says, byte by byte, also what no proper server would do.
///
/// Each connection's script runs on a thread of its own and may block. A server that has been started has to be stopped.
final class LoopbackServer: Sendable {
    typealias Script = @Sendable (Connection) throws -> Void

    struct Failure: Error {
        var message: String
    }

    let port: Int
    private let listener: Int32
    private let connections = Locked<[Connection]>([])

    private init(listener: Int32, port: Int) {
        self.listener = listener
        self.port = port
    }

    deinit {
        close(listener)
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// How many connections there have been.
    var connectionCount: Int { connections.withLock { $0.count } }

    static func start(_ script: @escaping Script) throws -> LoopbackServer {
        let (listener, port) = try openListener()
        let server = LoopbackServer(listener: listener, port: port)
        // The thread keeps the server, and so the descriptor: a thread that begins late would else accept on a number that
        // has become another server's listener, and take that one's connections away.
        onOwnThread {
            while case let socket = accept(server.listener, nil, nil), socket >= 0 {
                let connection = Connection(socket)
                server.connections.withLock { $0.append(connection) }
                onOwnThread {
                    // A script that fails does so because the client has left, or because the test is over.
                    try? script(connection)
                    connection.end()
                }
            }
        }
        return server
    }

    /// Ends all connections and the thread that takes them, also one that has yet to begin.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        for connection in connections.withLock({ $0 }) { connection.end() }
    }

    private static func openListener() throws -> (descriptor: Int32, port: Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 1024) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard isBound else { throw Failure(message: "listen: \(errno)") }
        return (listener, Int(in_port_t(bigEndian: address.sin_port)))
    }
}

/// A request as it came in.
struct ReceivedRequest: Sendable {
    var line = ""
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    var method: Substring { line.prefix { $0 != " " } }
    var path: Substring { line.dropFirst(method.count + 1).prefix { $0 != " " } }
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// One connection of the server.
final class Connection: Sendable {
    private let socket: Int32
    private let buffer = Locked<[UInt8]>([])

    init(_ socket: Int32) {
        self.socket = socket
        var yes: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        // A script that waits for what never comes ends instead of hanging.
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(socket)
    }

    /// Reads the next request; nil when the client has closed the connection.
    func request() throws -> ReceivedRequest? {
        guard let head = try take({ $0.range(of: [13, 10, 13, 10]) }) else { return nil }
        var lines = String(decoding: head.dropLast(4), as: UTF8.self).split(separator: "\r\n")[...]
        var request = ReceivedRequest(line: String(lines.removeFirst()))
        request.headers = lines.map { line in
            let name = line.prefix { $0 != ":" }
            return (String(name), String(line.dropFirst(name.count + 1).drop { $0 == " " }))
        }
        if let length = request.header("Content-Length").flatMap(Int.init), length > 0 {
            request.body = try take { $0.count >= length ? length : nil } ?? []
        }
        return request
    }

    func write(_ text: String) throws {
        try write(Array(text.utf8))
    }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { throw LoopbackServer.Failure(message: "send: \(errno)") }
            rest = rest.dropFirst(sent)
        }
    }

    /// Answers with a body whose length is given.
    func answer(_ status: String = "200 OK", _ body: String = "", headers: String = "") throws {
        try write("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
    }

    /// Waits until the client closes the connection; what it still sends is dropped.
    func waitForEnd() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while recv(socket, &bytes, bytes.count, 0) > 0 {}
    }

    /// Closes the connection properly.
    func end() {
        shutdown(socket, Int32(SHUT_RDWR))
    }

    /// Reads until `complete` says how many bytes belong together.
    private func take(_ complete: ([UInt8]) -> Int?) throws -> [UInt8]? {
        while true {
            let taken: [UInt8]? = buffer.withLock { buffer in
                guard let count = complete(buffer) else { return nil }
                defer { buffer.removeFirst(count) }
                return Array(buffer.prefix(count))
            }
            if let taken { return taken }
            var bytes = [UInt8](repeating: 0, count: 64 << 10)
            let count = recv(socket, &bytes, bytes.count, 0)
            guard count > 0 else { return nil }
            buffer.withLock { $0 += bytes.prefix(count) }
        }
    }
}

extension [UInt8] {
    /// How many bytes there are up to the end of the first place where `needle` stands.
    fileprivate func range(of needle: [UInt8]) -> Int? {
        guard count >= needle.count else { return nil }
        return (0...count - needle.count).first { self[$0..<$0 + needle.count].elementsEqual(needle) }
            .map { $0 + needle.count }
    }
}

/// Runs a test against a scripted server, with a client that may reach it.
func withServer(
    _ script: @escaping LoopbackServer.Script, _ test: (LoopbackServer) async throws -> Void
) async throws {
    let server = try LoopbackServer.start(script)
    defer { server.stop() }
    try await test(server)
}

/// A script that answers every request of a connection the same way.
func answering(_ answer: @escaping @Sendable (ReceivedRequest, Connection) throws -> Void) -> LoopbackServer.Script {
    { connection in
        while let request = try connection.request() { try answer(request, connection) }
    }
}
