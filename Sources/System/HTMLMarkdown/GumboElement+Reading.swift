internal import CGumbo

extension UnsafePointer<GumboElement> {
    /// The element's name in lower case, also of one that HTML does not know.
    package var tagName: String {
        guard pointee.tag == GUMBO_TAG_UNKNOWN else {
            return gumbo_normalized_tagname(pointee.tag).map { String(cString: $0) } ?? ""
        }
        var piece = pointee.original_tag
        gumbo_tag_from_original_text(&piece)
        guard let data = piece.data else { return "" }
        let bytes = UnsafeRawBufferPointer(start: data, count: min(piece.length, 40))
        return String(decoding: bytes, as: UTF8.self).lowercased()
    }

    /// An attribute's value without entities; `nil` when it is not there.
    package func attribute(_ name: String) -> String? {
        opencx_gumbo_attribute(self, name).map { String(cString: $0) }
    }

    /// An attribute that is a number, within bounds.
    func number(_ name: String, in range: ClosedRange<Int>, else value: Int) -> Int {
        guard let text = attribute(name), let number = Int(text.prefix(12)) else { return value }
        return Swift.min(Swift.max(number, range.lowerBound), range.upperBound)
    }

    /// Whether nobody sees it.
    var isHidden: Bool {
        if attribute("hidden") != nil { return true }
        let style = self.style
        return style.contains("display:none") || style.contains("visibility:hidden")
    }

    /// Its style in lower case without white space.
    var style: String {
        guard let style = attribute("style") else { return "" }
        return String(decoding: style.utf8.prefix(4000).filter { $0 > 0x20 }, as: UTF8.self).lowercased()
    }
}
