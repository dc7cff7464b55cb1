/// Text for a field that shows one line, or for one that shows several.
package enum PlainField {
    /// Without control characters, on one line, cut short.
    package static func line(_ text: String, limit: Int = 150) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(4 * limit) {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            let isSpace = isControl || scalar.properties.isWhitespace
            if !isSpace { scalars.append(scalar) }
            if isSpace, let last = scalars.last, last != " " { scalars.append(" ") }
            if scalars.count >= limit { break }
        }
        while scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }

    /// Without control characters but tabs and line breaks, cut at so many bytes of UTF-8.
    package static func block(_ text: String, limit: Int) -> String {
        var scalars = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            if scalar.properties.generalCategory == .control, scalar != "\n", scalar != "\t" { continue }
            count += UTF8.width(scalar)
            if count > limit {
                scalars.append("…")
                break
            }
            scalars.append(scalar)
        }
        return String(scalars)
    }
}
