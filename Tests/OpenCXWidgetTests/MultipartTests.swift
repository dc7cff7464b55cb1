import Testing

@testable import OpenCXWidget

/// The form that an upload comes as.
@Suite struct MultipartTests {
    private let type = "multipart/form-data; boundary=----x1"

    private func parts(_ text: String, _ type: String? = nil) throws -> [Multipart.Part] {
        try Multipart.parts(of: Array(text.utf8), contentType: type ?? self.type)
    }

    @Test func `a file is read byte for byte, with its name and type`() throws {
        let text =
            "------x1\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n------x1\r\n"
            + "content-disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\";c.png\"\r\nContent-Type: Image/PNG; x=1\r\n\r\n"
            + "1\n2\r3\r\n--\r\n------x\r\n\r\n------x1--\r\nafterwards"
        let all = try parts(text)
        #expect(all.map(\.name) == ["note", "file"])
        #expect(all.map(\.fileName) == [nil, "a \"b\";c.png"])
        #expect(all[1].contentType == "image/png")
        #expect(String(decoding: all[0].body, as: UTF8.self) == "hello")
        #expect(Array(all[1].body) == Array("1\n2\r3\r\n--\r\n------x\r\n".utf8))
    }

    @Test func `an empty file and a boundary in quotes are read`() throws {
        let all = try parts(
            "preamble\r\n--a b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--a b--",
            "Multipart/Form-Data; charset=utf-8; boundary=\"a b\"")
        #expect(all.count == 1)
        #expect(all[0].fileName?.isEmpty == true && all[0].body.isEmpty)
    }

    @Test(arguments: [
        ("", Multipart.Problem.malformed), ("------x1", .malformed), ("------x1\r\n", .malformed),
        ("------x1\r\n\r\n\r\n------x1--", .malformed),
        ("------x1\r\nContent-Disposition: attachment; name=\"file\"\r\n\r\n\r\n------x1--", .malformed),
        ("------x1\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nno end", .malformed),
        ("------x1\r\nContent-Disposition: form-data; name=\"file\"\n\nx\r\n------x1--", .malformed),
        ("------x1\r\n" + String(repeating: "a: b\r\n", count: 1000) + "\r\n\r\n------x1--", .headersTooLong),
        ("------x1\r\nx:" + String(repeating: "a", count: 9000), .headersTooLong),
        (
            String(
                repeating: "------x1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n", count: 17)
                + "------x1--", .tooManyParts
        ),
    ])
    func `what is no such form is refused`(text: String, problem: Multipart.Problem) {
        #expect(throws: problem) { try parts(text) }
    }

    @Test(arguments: [
        "", "application/json", "multipart/mixed; boundary=a", "multipart/form-data", "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"a\u{7}b\"",
        "multipart/form-data; boundary=" + String(repeating: "a", count: 71),
    ])
    func `another content type is refused`(type: String) {
        #expect(throws: Multipart.Problem.self) { try parts("--a\r\n\r\n--a--", type) }
    }

    /// Forms that were changed at random places: they are read or refused, and what is read lies in the body.
    @Test func `damaged forms are read or refused`() throws {
        let form = Array(
            ("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n"
                + "a,b\r\n1,2\r\n--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n--b--\r\n").utf8)
        let tokens = ["--b", "\r\n", "\r", "\n", "--", "\"", "\\", ";", ":", "=", "\u{0}", "\r\n--b\r\n", "filename="]
            .map {
                Array($0.utf8)
            }
        var state: UInt64 = 7
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(max(1, bound)))
        }
        for _ in 0..<3000 {
            var bytes = form
            for _ in 0...random(5) {
                let place = random(bytes.count + 1)
                switch random(4) {
                case 0: bytes.insert(contentsOf: tokens[random(tokens.count)], at: place)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + random(12)))
                case 2 where place < bytes.count: bytes[place] = UInt8(random(256))
                default: bytes = Array(bytes.prefix(place))
                }
            }
            guard let all = try? Multipart.parts(of: bytes, contentType: "multipart/form-data; boundary=b") else {
                continue
            }
            #expect(all.count <= Multipart.partLimit)
            #expect(all.reduce(0) { $0 + $1.body.count } < bytes.count)
        }
    }

    /// Four times the body takes about four times the steps; a reader that looks at each byte again and again would not end.
    @Test(arguments: ["\r\n", "\r\n-", "\r\n--", "\r\n--bb", "\n", "a: b\r\n"])
    func `a large body of what looks like delimiters is read in one pass`(piece: String) {
        let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
        let body = Array((head + String(repeating: piece, count: 1_000_000 / piece.utf8.count)).utf8)
        #expect(throws: Multipart.Problem.self) {
            try Multipart.parts(of: body, contentType: "multipart/form-data; boundary=b")
        }
    }
}
