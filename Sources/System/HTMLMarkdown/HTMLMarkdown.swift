internal import CGumbo

/// What a reader of an HTML page sees, as CommonMark with GFM's tables and strikethrough: headings as `## Like this`, code in
/// fences, each paragraph in one line.
///
/// Parsed by Gumbo, as browsers do. Scripts, styles, embedded media and what is hidden are left out; of images the alternative text
/// stays. Text comes out as text: nothing of it turns into markup. HTML that would take unreasonable time becomes its bare text.
///
/// Links to web, mail and telephone addresses stay, all others become their text. With an `origin` (`https://help.example.com`)
/// links within the site (`/hc/en-us`) are kept, too.
package func markdown(of html: String, origin: String? = nil) -> String {
    let bytes = Array(html.utf8)
    guard HTMLCost.isBearable(bytes) else { return bareText(of: bytes) }
    let output = bytes.withUnsafeBytes { bytes in
        opencx_gumbo_parse(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard let output else { return bareText(of: bytes) }
    defer { opencx_gumbo_free(output) }
    guard let root = output.pointee.root else { return "" }
    var converter = Converter(origin: origin)
    converter.convert(UnsafePointer(root))
    return converter.writer.text
}

/// What is left of HTML without its tags, where it must not be parsed: a paragraph.
private func bareText(of html: [UInt8]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(html.count)
    var isInTag = false
    for byte in html {
        switch byte {
        case 0x3C:
            isInTag = true
            bytes.append(0x20)
        case 0x3E: isInTag = false
        default: if !isInTag { bytes.append(byte) }
        }
    }
    var text = InlineText()
    text.add(String(decoding: bytes, as: UTF8.self), InlineStyle())
    return text.markdown(in: .paragraph)
}
