internal import CZlib
internal import OpenCXCore

/// zlib, with a dictionary that both sides know beforehand.
enum Deflate {
    private static let level: Int32 = 1
    /// Repetitions are found over 8 kB: the trace of a turn with two requests to a model is longer than four.
    private static let windowBits: Int32 = 13
    private static let memoryLevel: Int32 = 5

    static func compress(_ bytes: [UInt8], dictionary: StaticString) throws -> [UInt8] {
        var stream = z_stream()
        // A fifth of the memory that is usual, for texts of a few kilobytes: clearing it took longer than compressing them.
        guard
            deflateInit2_(
                &stream, level, Z_DEFLATED, windowBits, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw noMemory }
        defer { deflateEnd(&stream) }
        deflateSetDictionary(&stream, dictionary.utf8Start, UInt32(dictionary.utf8CodeUnitCount))
        let bound = Int(deflateBound(&stream, uLong(bytes.count)))
        var bytes = bytes
        var result = Z_OK
        let compressed = bytes.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                result = deflate(&stream, Z_FINISH)
                count = output.count - Int(stream.avail_out)
            }
        }
        guard result == Z_STREAM_END else { throw noMemory }
        return compressed
    }

    /// - Parameter length: how many bytes must come out.
    /// - Throws: `StoreError.corrupt` when it is not what `compress` made of that many bytes with this dictionary.
    static func expand(_ bytes: ArraySlice<UInt8>, length: Int, dictionary: StaticString) throws -> [UInt8] {
        var stream = z_stream()
        guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { throw noMemory }
        defer { inflateEnd(&stream) }
        var bytes = bytes
        var result = Z_OK
        let expanded = bytes.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            return [UInt8](unsafeUninitializedCapacity: length) { output, count in
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                result = inflate(&stream, Z_FINISH)
                if result == Z_NEED_DICT {
                    inflateSetDictionary(&stream, dictionary.utf8Start, UInt32(dictionary.utf8CodeUnitCount))
                    result = inflate(&stream, Z_FINISH)
                }
                count = output.count - Int(stream.avail_out)
            }
        }
        guard result == Z_STREAM_END, expanded.count == length else { throw StoreError.unreadable("a trace") }
        return expanded
    }

    private static let noMemory = StoreError(.full, "There is no memory left to compress a trace.")
}
