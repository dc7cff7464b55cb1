/// Cuts bytes into lines, whatever pieces they arrive in.
struct LineBuffer {
    /// How many bytes a line may have.
    let limit: Int
    private var rest: [UInt8] = []

    /// A line was longer than is taken.
    struct TooLong: Error {}

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes the next piece and returns the lines that end in it, without their ends; empty ones are left out.
    mutating func take(_ piece: some Collection<UInt8>) throws(TooLong) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var piece = piece[...]
        while let end = piece.firstIndex(of: 0x0A) {
            rest += piece[..<end]
            piece = piece[piece.index(after: end)...]
            guard rest.count <= limit else { throw TooLong() }
            if rest.last == 0x0D { rest.removeLast() }
            if !rest.isEmpty { lines.append(rest) }
            rest.removeAll(keepingCapacity: rest.count < 1 << 16)
        }
        rest += piece
        guard rest.count <= limit else { throw TooLong() }
        return lines
    }
}
