import OpenCXCore
import Testing

struct ServerSentEventsTests {
    static let body = """
        : a comment\r\ndata: {"a":"é😀"}\r\n\r\nevent: delta\rdata:one\rdata: two\r\revent: lost\n\nid: 7\ndata\n\nretry: 5\n\n\
        data: cut off
        """

    @Test(arguments: 1...40)
    func `events come out the same however the body is cut`(size: Int) throws {
        let bytes = Array(Self.body.utf8)
        var reader = ServerSentEvents()
        var events: [ServerSentEvents.Event] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            events += try reader.take(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        #expect(events.map(\.name) == ["", "delta", ""])
        #expect(events.map { String(decoding: $0.data, as: UTF8.self) } == [#"{"a":"é😀"}"#, "one\ntwo", ""])
    }

    @Test func `a line without an end does not fill the memory`() {
        var reader = ServerSentEvents()
        let piece = [UInt8](repeating: 0x61, count: 1 << 20)
        #expect(throws: ServerSentEvents.TooLong.self) { for _ in 0..<6 { _ = try reader.take(piece) } }
    }

    @Test(
        arguments: [
            (["retry-after-ms": "1500"], Duration.milliseconds(1500)), (["retry-after": "2"], .seconds(2)),
            (["retry-after": "0.5"], .milliseconds(500)),
            (["retry-after-ms": "250", "retry-after": "9"], .milliseconds(250)),
            (
                ["retry-after": "Fri, 01 Mar 2024 00:00:30 GMT", "date": "Thu, 29 Feb 2024 23:59:00 GMT"],
                .seconds(90)
            ),
            (["retry-after": "Fri, 01 Mar 2024 00:00:30 GMT", "date": "Fri, 01 Mar 2024 00:01:00 GMT"], .zero),
        ] as [([String: String], Duration)])
    func `how long a server wants us to wait is read`(headers: [String: String], wait: Duration) {
        #expect(RetryAfter.duration { headers[$0] } == wait)
    }

    @Test(
        arguments: [
            [:], ["retry-after": "soon"], ["retry-after": "-1"], ["retry-after": "nan"],
            ["retry-after": "Fri, 01 Mar 2024 00:00:30 GMT"],
            ["retry-after": "Fri, 99 Foo 2024 00:00:30 GMT", "date": "x"],
        ] as [[String: String]])
    func `what makes no sense is no wait`(headers: [String: String]) {
        #expect(RetryAfter.duration { headers[$0] } == nil)
    }
}
