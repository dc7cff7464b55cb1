internal import CGMime
internal import OpenCXCore

/// What headers say, read and written by GMime.
package enum HeaderText {
    /// A header's value on one line, encoded words decoded, without control characters.
    package static func decode(_ raw: String) -> String {
        MIMETree.prepare()
        let text = CText.taking(opencx_mime_decode_text(raw)) ?? ""
        return clean(text)
    }

    /// A text as it may stand in a header: one line of ASCII, encoded words where there is more.
    package static func encode(_ text: String) -> String {
        MIMETree.prepare()
        return singleLine(CText.taking(opencx_mime_encode_text(clean(text))) ?? "")
    }

    /// A name as it may stand before an address.
    static func encodePhrase(_ name: String) -> String {
        MIMETree.prepare()
        return singleLine(CText.taking(opencx_mime_encode_phrase(clean(name))) ?? "")
    }

    /// The addresses in a header's value, groups opened, at most as many as the limit says.
    package static func addresses(in raw: String, limit: Int = 100) -> [MailAddress] {
        MIMETree.prepare()
        guard let list = opencx_mime_addresses_parse(raw) else { return [] }
        defer { opencx_mime_addresses_release(list) }
        return addresses(in: list, limit: limit, depth: 0)
    }

    private static func addresses(in list: OpaquePointer, limit: Int, depth: Int) -> [MailAddress] {
        var result: [MailAddress] = []
        for index in 0..<opencx_mime_addresses_count(list) {
            if result.count >= limit { break }
            if let group = opencx_mime_addresses_group(list, index) {
                if depth < 4 { result += addresses(in: group, limit: limit - result.count, depth: depth + 1) }
            } else if let address = CText.copy(opencx_mime_address(list, index)) {
                let name = CText.copy(opencx_mime_address_name(list, index)).map(clean)
                result.append(
                    MailAddress(name: name.flatMap { $0.isEmpty ? nil : $0 }, address: clean(address)))
            }
        }
        return result
    }

    /// When a date header says it was.
    static func date(_ raw: String) -> Timestamp? {
        MIMETree.prepare()
        var seconds: Int64 = 0
        guard opencx_mime_date(raw, &seconds) != 0 else { return nil }
        return Timestamp(milliseconds: seconds.multipliedReportingOverflow(by: 1000).partialValue)
    }

    /// A time as a date header has it, in UTC.
    static func format(_ time: Timestamp) -> String {
        MIMETree.prepare()
        return singleLine(CText.taking(opencx_mime_format_date(time.milliseconds / 1000)) ?? "")
    }

    /// The ids in a header's value: what stands in angle brackets, else, as broken programs write them, the words with an `@`.
    /// Of very many the oldest and the newest.
    package static func messageIDs(in raw: String) -> [String] {
        // Python's library encodes ids that are longer than a line.
        let raw = raw.contains("=?") ? decode(raw) : raw
        var ids: [String] = []
        var current: [UInt8]?
        for byte in raw.utf8 {
            switch byte {
            case UInt8(ascii: "<"): current = []
            case UInt8(ascii: ">"):
                if let id = current, !id.isEmpty { ids.append(String(decoding: id, as: UTF8.self)) }
                current = nil
            case 0...32, 127: break
            default: if let count = current?.count, count < longestID { current?.append(byte) }
            }
        }
        if ids.isEmpty {
            ids = raw.split(whereSeparator: { $0.isWhitespace || $0 == "," }).filter { $0.contains("@") }
                .map { String($0.prefix(longestID)) }
        }
        return ids.count <= 60 ? ids : Array(ids.prefix(5) + ids.suffix(55))
    }

    /// Longer ids are cut; nobody writes them.
    static let longestID = 500

    /// A text without what ends a line or controls a terminal.
    static func clean(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if !isControl(scalar) { result.append(scalar) } else if scalar != "\r" { result.append(" ") }
        }
        return String(result)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 32 || (127...159).contains(scalar.value) || scalar == "\u{2028}" || scalar == "\u{2029}"
    }

    /// What GMime has folded, unfolded: lines are folded once, when the mail is written.
    private static func singleLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 10 || $0 == 13 }) else { return text }
        return text.split(whereSeparator: { $0 == "\n" || $0 == "\r" || $0 == "\r\n" })
            .map { $0.drop { $0 == " " || $0 == "\t" } }.joined(separator: " ")
    }
}
