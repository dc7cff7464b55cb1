/// Reads what ``ByteWriter`` wrote; never past the end, and never allocates more than there are bytes for.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// Whether everything has been read.
    var isAtEnd: Bool { position == bytes.endIndex }

    private mutating func take(_ count: Int) throws(SearchSnapshotError) -> ArraySlice<UInt8> {
        guard count <= bytes.endIndex - position else { throw .truncated }
        defer { position += count }
        return bytes[position..<(position + count)]
    }

    mutating func number() throws(SearchSnapshotError) -> UInt32 {
        try take(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func longNumber() throws(SearchSnapshotError) -> UInt64 {
        try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func count() throws(SearchSnapshotError) -> Int {
        Int(try number())
    }

    /// A count of things that take at least so many bytes each.
    mutating func count(of size: Int) throws(SearchSnapshotError) -> Int {
        let count = try count()
        guard count <= (bytes.endIndex - position) / size else { throw .truncated }
        return count
    }

    mutating func part() throws(SearchSnapshotError) -> [UInt8] {
        Array(try take(try count()))
    }

    mutating func text() throws(SearchSnapshotError) -> String {
        guard let text = String(validating: try take(try count()), as: UTF8.self) else { throw .corrupted }
        return text
    }

    mutating func numbers() throws(SearchSnapshotError) -> [UInt32] {
        let part = try take(try count(of: 4) * 4)
        return part.withUnsafeBytes { raw in
            (0..<(raw.count / 4)).map {
                UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self))
            }
        }
    }
}
