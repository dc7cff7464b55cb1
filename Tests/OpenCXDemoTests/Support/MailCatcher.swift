import Foundation
import Glibc
import OpenCXCore

/// A mail server on the loopback that takes every mail and keeps it.
final class MailCatcher: Sendable {
    let port: Int
    private let socket: Int32
    private let kept = Locked<[String]>([])

    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (socket, kept) = (socket, kept)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, length) == 0 && listen(socket, 16) == 0
                    && getsockname(socket, address, &length) == 0
            }
        }
        guard isListening else { throw DemoProcess.Failure(message: "no mail server: \(errno)") }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread {
            while case let client = accept(socket, nil, nil), client >= 0 {
                Thread.detachNewThread { Self.serve(client, kept) }
            }
        }
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    /// The mails, as they came.
    var mails: [String] { kept.withLock { $0 } }

    private static func serve(_ client: Int32, _ kept: Locked<[String]>) {
        defer { close(client) }
        func say(_ line: String) {
            _ = Array((line + "\r\n").utf8).withUnsafeBytes {
                send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
        }
        say("220 catcher")
        var (buffer, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
        var mail: [String]?
        while case let count = recv(client, &chunk, chunk.count, 0), count > 0 {
            buffer += chunk[..<count]
            while let end = buffer.firstIndex(of: 10) {
                let line = String(decoding: buffer[..<end].filter { $0 != 13 }, as: UTF8.self)
                buffer.removeSubrange(...end)
                if let lines = mail {
                    mail = line == "." ? nil : lines + [line]
                    guard mail == nil else { continue }
                    kept.withLock { $0.append(lines.joined(separator: "\n")) }
                } else if line == "DATA" {
                    mail = []
                    say("354 go on")
                    continue
                }
                say("250 ok")
            }
        }
    }
}
