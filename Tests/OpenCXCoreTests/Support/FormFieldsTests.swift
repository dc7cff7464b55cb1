import OpenCXCore
import Testing

struct FormFieldsTests {
    @Test(arguments: [
        ("a=1&b=2&a=3", ["a=1", "b=2", "a=3"]), ("a+b=c%20d%2B", ["a b=c d+"]), ("", []), ("&&", []), ("a", ["a="]),
        ("=1", ["=1"]), ("a=%", ["a=%"]), ("a=%4", ["a=%4"]), ("a=%zz", ["a=%zz"]), ("a=%C3%BC", ["a=ü"]),
        ("a=%ff", ["a=\u{FFFD}"]), ("a=b=c", ["a=b=c"]), ("a=%00", ["a=\0"]),
    ])
    func `any body can be read`(body: String, fields: [String]) throws {
        let form = try #require(FormFields(Array(body.utf8)))
        #expect(form.all.map { "\($0.name)=\($0.value)" } == fields)
    }

    @Test func `what is written is read the same`() throws {
        let text = String(String.UnicodeScalarView((0..<0x250).compactMap(Unicode.Scalar.init))) + "😀"
        let form = try #require(FormFields(FormFields.encoded([("a&=", text), ("", ""), ("+", "+ %")])))
        #expect(form.all.map(\.name) == ["a&=", "", "+"] && form["a&="] == text && form["+"] == "+ %")
    }

    @Test func `a thousand fields and no more`() {
        let body = Array(String(repeating: "a&", count: 1000).utf8)
        #expect(FormFields(body)?.all.count == 1000)
        #expect(FormFields(body + Array("a".utf8)) == nil)
    }
}
