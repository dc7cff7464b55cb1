/// Takes diacritics off: ß becomes ss, ä becomes a. For text that is in lower case already.
enum TextFolding {
    /// Appends the folded form of lower-case UTF-8.
    static func append(_ bytes: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                result.append(byte)
                index += 1
                continue
            }
            let (scalar, length) = Scalars.decode(bytes, at: index)
            if let folded = FoldingTable.folded(scalar) {
                result.append(contentsOf: folded)
            } else if !(0x300...0x36F).contains(scalar) {
                result.append(contentsOf: bytes[index..<min(index + length, bytes.count)])
            }
            index += length
        }
    }

    /// The folded form of lower-case UTF-8.
    static func fold(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        bytes.withUnsafeBufferPointer { append($0, to: &result) }
        return result
    }
}
