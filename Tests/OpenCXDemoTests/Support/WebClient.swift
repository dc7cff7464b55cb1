import Dispatch
import Foundation
import Glibc
import OpenCXCore

/// A browser's part in the conversation: plain HTTP to the loopback, one connection a request, off the cooperative pool.
struct WebClient: Sendable {
    var port: Int

    struct Response: Sendable {
        var status: Int
        var head: String
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSONValue { (try? JSONDecoder().decode(JSONValue.self, from: Data(body))) ?? .null }
        var messages: [JSONValue] { if case .array(let messages)? = json["messages"] { messages } else { [] } }
        var texts: [String] { messages.compactMap { $0["text"]?.string } }
        var authors: [String] { messages.compactMap { $0["author"]?.string } }
        var isWorking: Bool { json["working"] != false }

        func number(_ name: String) -> Int64? {
            if case .integer(let number)? = json[name] { number } else { nil }
        }
    }

    /// Nobody knows whether the server got the request.
    struct Unknown: Error {
        var message: String
    }

    func post(_ text: String, id: String, thread: String) async throws -> Response {
        let body: JSONValue = ["text": .string(text), "id": .string(id)]
        return try await request("POST", "/v1/sessions/\(thread)/messages", body: body.serialized())
    }

    func get(_ thread: String, _ query: String = "") async throws -> Response {
        try await request("GET", "/v1/sessions/\(thread)/messages" + (query.isEmpty ? "" : "?" + query))
    }

    func get(path: String) async throws -> Response { try await request("GET", path) }

    /// The conversation, once nothing in it waits for the AI.
    func settled(_ thread: String) async throws -> Response {
        try await until(within: 90, "\(thread) is answered") {
            let response = try await get(thread)
            return response.status == 200 && !response.isWorking ? response : nil
        }
    }

    /// A program's request to the REST API.
    func call(_ method: String, _ path: String, key: String, _ body: JSONValue? = nil) async throws -> Response {
        try await request(
            method, path, headers: [("Content-Type", "application/json"), ("Authorization", "Bearer \(key)")],
            body: body?.serialized() ?? [])
    }

    func request(
        _ method: String, _ target: String, headers: [(String, String)] = [("Content-Type", "application/json")],
        body: [UInt8] = []
    ) async throws -> Response {
        let lines = headers.map { "\($0): \($1)\r\n" }.joined()
        let head = """
            \(method) \(target) HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n\(lines)\
            Content-Length: \(body.count)\r\n\r\n
            """
        let request = Array(head.utf8) + body
        return try await withCheckedThrowingContinuation { continuation in
            // A queue of its own brings a thread of its own.
            DispatchQueue(label: "WebClient").async {
                continuation.resume(with: Result { try exchange(request) })
            }
        }
    }

    private func exchange(_ request: [UInt8]) throws -> Response {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Unknown(message: "socket: \(errno)") }
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        let connected = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Unknown(message: "connect: \(errno)") }
        var rest = request[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { throw Unknown(message: "send: \(errno)") }
            rest = rest.dropFirst(sent)
        }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count != 0 {
            guard count > 0 else { throw Unknown(message: "recv: \(errno)") }
            received += buffer.prefix(count)
        }
        return try Self.parse(received)
    }

    private static func parse(_ bytes: [UInt8]) throws -> Response {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw Unknown(message: "no head") }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length: ") }
            .flatMap { Int($0.dropFirst(16)) }
        var body = Array(bytes[end.upperBound...])
        if head.lowercased().contains("transfer-encoding: chunked") {
            body = try whole(body[...])
            return Response(
                status: Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0, head: head, body: body)
        }
        // A process that is killed may leave half an answer.
        guard let status = Int(head.split(separator: " ").dropFirst().first ?? ""), body.count == length ?? 0 else {
            throw Unknown(message: "half an answer")
        }
        return Response(status: status, head: head, body: body)
    }

    /// A body that came in pieces, each with its length before it.
    private static func whole(_ pieces: ArraySlice<UInt8>) throws -> [UInt8] {
        var (rest, body) = (pieces, [UInt8]())
        while let line = rest.firstRange(of: Array("\r\n".utf8)) {
            let digits = String(decoding: rest[rest.startIndex..<line.lowerBound], as: UTF8.self)
            guard let count = Int(digits, radix: 16), rest.count >= count else { break }
            if count == 0 { return body }
            body += rest[line.upperBound...].prefix(count)
            rest = rest[line.upperBound...].dropFirst(count + 2)
        }
        throw Unknown(message: "half an answer")
    }
}
