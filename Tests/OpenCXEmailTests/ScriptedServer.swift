import Foundation
import Glibc
import OpenCXCore

/// A server on the loopback that says what a script tells it to: for each line that comes in, the lines that go out.
final class ScriptedServer: Sendable {
    let port: Int
    private let socket: Int32
    private let state = Locked<[String]>([])
    private let clients = Locked<Set<Int32>>([])

    /// - Parameters:
    ///   - greeting: the first line.
    ///   - answer: the lines for a line that came in; empty to say nothing, `nil` to hang up.
    init(greeting: String?, answer: @escaping @Sendable (String) -> [String]?) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (socket, state, clients) = (socket, state, clients)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, length) == 0 && listen(socket, 16) == 0
                    && getsockname(socket, address, &length) == 0
            }
        }
        guard isListening else { throw CocoaError(.featureUnsupported) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread {
            while true {
                let client = accept(socket, nil, nil)
                if client < 0 { return }
                clients.withLock { _ = $0.insert(client) }
                Thread.detachNewThread {
                    Self.serve(client, greeting, state, answer)
                    clients.withLock { clients in
                        clients.remove(client)
                        close(client)
                    }
                }
            }
        }
    }

    deinit { shutdown(socket, Int32(SHUT_RDWR)) }

    /// The lines that came in.
    var lines: [String] { state.withLock { $0 } }

    /// Says a line to whoever is connected, unasked.
    func say(_ line: String) { clients.withLock { $0.forEach { Self.say(line, to: $0) } } }

    private static func say(_ line: String, to client: Int32) {
        let bytes = Array((line + "\r\n").utf8)
        _ = bytes.withUnsafeBytes { send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    private static func serve(
        _ client: Int32, _ greeting: String?, _ state: Locked<[String]>, _ answer: (String) -> [String]?
    ) {
        func say(_ line: String) { Self.say(line, to: client) }
        guard let greeting else {
            // A server that takes the call and says nothing.
            Thread.sleep(forTimeInterval: 5)
            return
        }
        say(greeting)
        var buffer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(client, &chunk, chunk.count, 0)
            if count <= 0 { return }
            buffer += chunk[..<count]
            while let end = buffer.firstIndex(of: 10) {
                let line = String(decoding: buffer[..<end].filter { $0 != 13 }, as: UTF8.self)
                buffer.removeSubrange(...end)
                state.withLock { $0.append(line) }
                guard let lines = answer(line) else { return }
                for line in lines { say(line) }
            }
        }
    }
}
