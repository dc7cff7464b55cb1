/// What happened in a simulation: a digest of every step, and, where asked for, a line for each that can be read.
struct EventLog: Sendable {
    private(set) var lines: [String] = []
    private(set) var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    let keepsLines: Bool

    init(keepsLines: Bool) {
        self.keepsLines = keepsLines
    }

    /// Takes a number into the digest.
    mutating func mix(_ number: Int) {
        digest = (digest ^ UInt64(bitPattern: Int64(number))) &* 0x0000_0100_0000_01b3
        digest ^= digest >> 29
    }

    /// Takes a text into the digest.
    mutating func mix(_ text: String) {
        for byte in text.utf8 { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        mix(text.utf8.count)
    }

    mutating func write(_ line: @autoclosure () -> String) {
        if keepsLines { lines.append(line()) }
    }
}
