import Glibc

/// One thread, one `poll`, keep-alive, whole bodies.
struct Server {
    let port: UInt16
    private let listener: Int32

    init(port: UInt16) {
        signal(SIGPIPE, SIG_IGN)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bytes = length
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, bytes) == 0 && listen(listener, 512) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        precondition(bound, "cannot listen")
        self.listener = listener
        self.port = UInt16(bigEndian: address.sin_port)
    }

    func run() {
        let parent = getppid()
        var polled = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
        var buffers: [Int32: [UInt8]] = [:]
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            if poll(&polled, nfds_t(polled.count), 1000) == 0, getppid() != parent { return }
            var closed: Set<Int32> = []
            for place in polled.indices.dropFirst() where polled[place].revents != 0 {
                let connection = polled[place].fd
                let count = read(connection, &chunk, chunk.count)
                guard count > 0 else {
                    closed.insert(connection)
                    continue
                }
                buffers[connection, default: []] += chunk[..<count]
                while let request = Self.takeRequest(&buffers[connection, default: []]) {
                    let response = Self.response(to: request)
                    _ = response.withUnsafeBytes { write(connection, $0.baseAddress, $0.count) }
                }
            }
            if polled[0].revents != 0 {
                let connection = accept(listener, nil, nil)
                var yes: Int32 = 1
                setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
                if connection >= 0 { polled.append(pollfd(fd: connection, events: Int16(POLLIN), revents: 0)) }
            }
            if !closed.isEmpty {
                polled.removeAll { closed.contains($0.fd) }
                for connection in closed {
                    close(connection)
                    buffers[connection] = nil
                }
            }
        }
    }

    /// The body of the next whole request, taken out of the buffer.
    private static func takeRequest(_ buffer: inout [UInt8]) -> ArraySlice<UInt8>? {
        guard let end = find("\r\n\r\n", in: buffer[...]) else { return nil }
        var length = 0
        if let name = find("ontent-length: ", in: buffer[..<end]) ?? find("ontent-Length: ", in: buffer[..<end]) {
            for byte in buffer[(name + 15)..<end] {
                guard byte >= 0x30, byte <= 0x39 else { break }
                length = length * 10 + Int(byte - 0x30)
            }
        }
        guard buffer.count >= end + 4 + length else { return nil }
        let body = buffer[(end + 4)..<(end + 4 + length)]
        buffer.removeFirst(end + 4 + length)
        return body
    }

    private static func find(_ text: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.withUnsafeBufferPointer { hay in
            text.withUTF8Buffer { needle in
                guard hay.count >= needle.count else { return nil }
                let place = (0...(hay.count - needle.count)).first { start in
                    hay[start] == needle[0] && (1..<needle.count).allSatisfy { hay[start + $0] == needle[$0] }
                }
                return place.map { $0 + bytes.startIndex }
            }
        }
    }

    private static func response(to request: ArraySlice<UInt8>) -> [UInt8] {
        // The form that is asked for has a name.
        if find(#""name":"classification""#, in: request) != nil { return classification }
        return find(#""tool_call_id""#, in: request) == nil ? toolCall : answer
    }

    private static let classification = http(
        #"""
        {"id":"chatcmpl-3","object":"chat.completion","created":1700000000,"model":"fake","choices":[{"index":0,"message":{"role":"assistant","content":"{\"topic\":\"none\",\"topic_score\":0,\"prohibited\":\"none\",\"prohibited_score\":0,\"human\":0.9,\"frustration\":0.1,\"stuck\":0,\"sentiment\":\"neutral\"}","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":300,"completion_tokens":40,"total_tokens":340,"prompt_tokens_details":{"cached_tokens":0}}}
        """#)

    private static let toolCall = http(
        #"""
        {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"fake","choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"call_abc","type":"function","function":{"name":"order_status","arguments":"{\"number\": \"FH-10423\"}"}}]},"logprobs":null,"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":512,"completion_tokens":18,"total_tokens":530,"prompt_tokens_details":{"cached_tokens":0}}}
        """#)
    private static let answer = http(
        #"""
        {"id":"chatcmpl-2","object":"chat.completion","created":1700000000,"model":"fake","choices":[{"index":0,"message":{"role":"assistant","content":"{\"kind\":\"answer\",\"text\":\"Your order FH-10423 is on its way and arrives on Friday.\",\"citations\":[],\"handoff_reason\":null,\"handoff_note\":null,\"resolved\":false,\"sentiment\":\"neutral\",\"language\":\"en\"}","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":580,"completion_tokens":60,"total_tokens":640,"prompt_tokens_details":{"cached_tokens":0}}}
        """#)

    private static func http(_ body: String) -> [UInt8] {
        Array(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                .utf8)
    }
}
