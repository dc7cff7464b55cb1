import Testing

@testable import OpenCXDemoServer

@Suite struct RequestTargetTests {
    @Test(arguments: [
        ("/", "/", ""),
        ("/chat", "/chat", ""),
        ("/a%20b/c%2Fd", "/a b/c/d", ""),
        ("/gr%C3%BC%c3%9fe", "/grüße", ""),
        ("/a+b?c+d=e+f", "/a+b", "c d=e f"),
        ("/m?after=3&wait=25", "/m", "after=3;wait=25"),
        ("/m?a=1=2&&b&=c&a=3", "/m", "a=1=2;b=;=c;a=3"),
        ("/m?", "/m", ""),
        ("/m?q=what%3F%26", "/m", "q=what?&"),
        ("/m?q=a?b/c", "/m", "q=a?b/c"),
        ("http://example.com/p?q=1", "/p", "q=1"),
        ("*", "*", ""),
    ])
    func `decodes path and query`(raw: String, path: String, query: String) throws {
        let target = try #require(RequestTarget(raw))
        #expect(target.path == path)
        #expect(target.query.map { "\($0.name)=\($0.value)" }.joined(separator: ";") == query)
    }

    @Test(arguments: [
        "", "chat", "/%", "/%2", "/%zz", "/%2x", "/a?b=%", "/%00", "/a?b=%00", "/%ff", "/%c3", "/%c0%af", "/a b",
        "/a\u{1}", "http://example.com", "http://example.com?q", "ftp://example.com/", "**",
    ])
    func `refuses what is not a valid target`(raw: String) {
        #expect(RequestTarget(raw) == nil)
    }
}
