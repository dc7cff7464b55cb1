internal import CGMime

/// Bytes of any charset as text. Whatever is wrong becomes U+FFFD; nothing is refused.
package enum Charset {
    /// Reads bytes as the charset says, and where it says nothing that can be true, as what people write with.
    package static func decode(_ bytes: [UInt8], as charset: String?) -> String {
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        switch name(charset) {
        case nil, "us-ascii", "ascii", "utf-8", "utf8", "unknown-8bit", "x-unknown", "binary":
            return String(validating: bytes, as: UTF8.self) ?? convert(bytes, from: "WINDOWS-1252")
                ?? String(decoding: bytes, as: UTF8.self)
        case "iso-8859-1", "latin1", "iso8859-1":
            // What calls itself Latin-1 often is what Windows makes of it; the rest is the same.
            return convert(bytes, from: "WINDOWS-1252") ?? String(decoding: bytes, as: UTF8.self)
        case "gb2312", "gbk": return convert(bytes, from: "GB18030") ?? String(decoding: bytes, as: UTF8.self)
        case "ks_c_5601-1987", "euc-kr": return convert(bytes, from: "CP949") ?? String(decoding: bytes, as: UTF8.self)
        case let name?:
            return convert(bytes, from: name) ?? String(validating: bytes, as: UTF8.self)
                ?? convert(bytes, from: "WINDOWS-1252") ?? String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func name(_ charset: String?) -> String? {
        guard let charset else { return nil }
        let name = charset.lowercased().filter { $0.isASCII && !$0.isWhitespace && $0 != "\"" && $0 != "'" }
        return name.isEmpty || name.utf8.count > 40 ? nil : name
    }

    /// `nil` where there is no such charset.
    private static func convert(_ bytes: [UInt8], from charset: String) -> String? {
        MIMETree.prepare()
        // A slash asks iconv for something else than a charset.
        guard !charset.contains("/"), let name = CText.copy(opencx_mime_charset(charset)),
            let converter = opencx_iconv_open(name)
        else { return nil }
        defer { opencx_iconv_close(converter) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 2)
        let room = 16 << 10
        let output = UnsafeMutablePointer<CChar>.allocate(capacity: room)
        defer { output.deallocate() }
        bytes.withUnsafeBytes { all in
            var input = all.baseAddress?.assumingMemoryBound(to: CChar.self)
            var left = all.count
            while left > 0 {
                let before = left
                var end: UnsafeMutablePointer<CChar>? = output
                var free = room
                opencx_iconv(converter, &input, &left, &end, &free)
                UnsafeRawBufferPointer(start: output, count: room - free).withMemoryRebound(to: UInt8.self) {
                    result += $0
                }
                // No way on, though there was room: the next byte is not of this charset.
                if left > 0, left == before || free >= 8 {
                    result += "\u{FFFD}".utf8
                    input = input?.advanced(by: 1)
                    left -= 1
                }
            }
            // What a charset with a state has kept back.
            var end: UnsafeMutablePointer<CChar>? = output
            var free = room
            opencx_iconv(converter, nil, nil, &end, &free)
            UnsafeRawBufferPointer(start: output, count: room - free).withMemoryRebound(to: UInt8.self) { result += $0 }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension String {
    /// The text without carriage returns: lines end with a line feed, whatever they ended with.
    var withUnixLines: String {
        guard utf8.contains(13) else { return self }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count)
        var previous: UInt8 = 0
        for byte in utf8 {
            switch byte {
            case 13: bytes.append(10)
            case 10 where previous == 13: break
            default: bytes.append(byte)
            }
            previous = byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
