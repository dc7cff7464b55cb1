import OpenCXCore
import Testing

@testable import OpenCXWidget

/// Files in parts: some browsers play a video no other way.
@Suite(.timeLimit(.minutes(5))) struct RangeTests {
    private static let bytes = Array("GIF89a and so on".utf8)

    private func ask(_ range: String?, _ more: [(String, String)] = []) async throws -> WidgetReply {
        let desk = try WidgetDesk()
        let uploaded = try await desk.upload(Self.bytes, named: "a.gif", as: try await desk.visitor())
        let path = String((uploaded["fileUrl"]?.string ?? "").dropFirst("http://widget.example".count))
        return try await desk.call("GET", path, headers: (range.map { [("Range", $0)] } ?? []) + more)
    }

    @Test(arguments: [
        ("bytes=0-2", "GIF", "0-2"), ("bytes=3-", "89a and so on", "3-15"), ("bytes=-2", "on", "14-15"),
        ("bytes=0-999", "GIF89a and so on", "0-15"), ("Bytes = 6-9", " and", "6-9"), ("bytes=15-15", "n", "15-15"),
        ("bytes=-999", "GIF89a and so on", "0-15"), ("bytes=1-99999999999999999999", "IF89a and so on", "1-15"),
    ])
    func `a part is given alone`(range: String, text: String, place: String) async throws {
        let reply = try await ask(range)
        #expect(reply.status == 206 && reply.text == text)
        #expect(reply.header("content-range") == "bytes \(place)/16")
        #expect(reply.header("content-type") == "image/gif" && reply.header("x-content-type-options") == "nosniff")
    }

    @Test(arguments: ["bytes=16-", "bytes=99-100", "bytes=-0", "bytes=99999999999999999999-"])
    func `what is not there is said`(range: String) async throws {
        let reply = try await ask(range)
        #expect(reply.status == 416 && reply.header("content-range") == "bytes */16")
    }

    @Test(arguments: [
        nil, "", "bytes", "bytes=", "bytes=-", "bytes=2-1", "bytes=0-1,3-4", "lines=0-1", "bytes=a-b", "bytes=0x1-2",
    ])
    func `everything else is the whole`(range: String?) async throws {
        let reply = try await ask(range)
        #expect(reply.status == 200 && reply.body == Self.bytes)
        #expect(reply.header("accept-ranges") == "bytes" && reply.header("content-range") == nil)
    }

    @Test func `a part of a version that nobody knows is the whole`() async throws {
        #expect(try await ask("bytes=0-2", [("If-Range", "\"x\"")]).status == 200)
    }
}
