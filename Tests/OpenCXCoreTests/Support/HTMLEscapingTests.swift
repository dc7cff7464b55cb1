import OpenCXCore
import Testing

struct HTMLEscapingTests {
    @Test(arguments: [
        ("a & b", "a &amp; b"), ("<b>\"'", "&lt;b&gt;&quot;&#39;"), ("", ""), ("a\0b", "a\u{FFFD}b"),
        ("<\u{301}script>", "&lt;\u{301}script&gt;"), ("\"\u{200D}x", "&quot;\u{200D}x"), ("grün 😀", "grün 😀"),
    ])
    func `nothing of a text is markup, whatever stands on it`(text: String, escaped: String) {
        // By bytes: to Swift, texts with and without a combining mark in another place may be equal.
        #expect(Array(HTMLEscaping.escaped(text).utf8) == Array(escaped.utf8))
    }
}
