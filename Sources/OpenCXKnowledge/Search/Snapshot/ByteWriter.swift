/// Writes numbers, texts and arrays, least significant byte first.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ number: UInt32) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(count: Int) {
        write(UInt32(truncatingIfNeeded: count))
    }

    mutating func write(_ text: String) {
        write(Array(text.utf8))
    }

    mutating func write(_ part: [UInt8]) {
        write(count: part.count)
        bytes.append(contentsOf: part)
    }

    mutating func write(_ numbers: [UInt32]) {
        write(count: numbers.count)
        for number in numbers { write(number) }
    }
}
