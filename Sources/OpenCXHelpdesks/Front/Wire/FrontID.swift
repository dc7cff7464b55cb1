/// An id of Front's: `cnv_55c8c149`.
enum FrontID {
    /// Whether a text can be one; nothing else goes into a path.
    static func isValid(_ text: String) -> Bool {
        (1...100).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// The id behind a collection's name in a URL: what `…/conversations/cnv_1?x` is about.
    static func last(of collection: String, in url: String) -> String? {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        let parts = path.split(separator: "/")
        guard let place = parts.lastIndex(where: { $0 == collection }), place + 1 < parts.count else { return nil }
        let id = String(parts[place + 1])
        return isValid(id) ? id : nil
    }
}
