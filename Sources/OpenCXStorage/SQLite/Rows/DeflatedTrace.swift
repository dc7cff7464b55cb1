internal import CZlib
internal import FoundationEssentials
internal import OpenCXCore

/// A trace as it is stored: compressed JSON behind the length of what it unpacks to, in four bytes.
///
/// Traces are the largest part of a turn and are read by people only.
enum DeflatedTrace {
    private static let largest = 256 << 20

    static func pack(_ trace: Trace) throws -> [UInt8] {
        let json = try StoredJSON.encode(trace)
        guard json.count <= largest else { throw StoreError(.full, "The turn's trace is too large to be stored.") }
        let header = withUnsafeBytes(of: UInt32(json.count).littleEndian) { [UInt8]($0) }
        var failure: Int32 = Z_OK
        let bound = Int(compressBound(uLong(json.count)))
        let body = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            var written = uLong(bound)
            failure = compress2(buffer.baseAddress, &written, json, uLong(json.count), Z_DEFAULT_COMPRESSION)
            count = failure == Z_OK ? Int(written) : 0
        }
        guard failure == Z_OK else { throw StoreError(.full, "There is no memory left to compress a trace.") }
        return header + body
    }

    static func unpack(_ bytes: [UInt8]) throws -> Trace {
        guard bytes.count > 4 else { throw StoreError.unreadable("a trace") }
        let length = bytes.prefix(4).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        guard length <= largest else { throw StoreError.unreadable("a trace") }
        let body = bytes.dropFirst(4)
        var failure: Int32 = Z_OK
        let json = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            var written = uLong(length)
            failure = body.withUnsafeBufferPointer {
                uncompress(buffer.baseAddress, &written, $0.baseAddress, uLong($0.count))
            }
            count = failure == Z_OK ? Int(written) : 0
        }
        guard failure == Z_OK, json.count == length else { throw StoreError.unreadable("a trace") }
        return try StoredJSON.decode(Trace.self, from: Data(json))
    }
}
