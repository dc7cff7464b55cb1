internal import CZlib

/// Unpacks gzip.
enum Gunzip {
    /// `nil` when the bytes are damaged or cut off, or unpack to more than `limit`.
    static func decompress(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        var stream = z_stream()
        // 16 more than the largest window: gzip's header instead of zlib's.
        let version = zlibVersion()
        guard inflateInit2_(&stream, MAX_WBITS + 16, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return nil
        }
        defer { inflateEnd(&stream) }
        var input = bytes
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        return input.withUnsafeMutableBufferPointer { input -> [UInt8]? in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(clamping: input.count)
            while true {
                let (status, written) = chunk.withUnsafeMutableBufferPointer { chunk -> (Int32, Int) in
                    stream.next_out = chunk.baseAddress
                    stream.avail_out = UInt32(chunk.count)
                    let status = inflate(&stream, Z_NO_FLUSH)
                    return (status, chunk.count - Int(stream.avail_out))
                }
                output += chunk.prefix(written)
                if output.count > limit { return nil }
                switch status {
                case Z_STREAM_END where stream.avail_in == 0: return output
                // Several files packed one after the other are one file.
                case Z_STREAM_END: if inflateReset(&stream) != Z_OK { return nil }
                case Z_OK where written > 0 || stream.avail_in > 0: continue
                default: return nil
                }
            }
        }
    }
}
