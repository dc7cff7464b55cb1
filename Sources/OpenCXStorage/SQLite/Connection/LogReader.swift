internal import OpenCXCore

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Reads a write-ahead log as SQLite does when it recovers one (SQLite file format, section 4), and looks at what comes after the
/// part that SQLite takes over.
///
/// The log has a header of 32 bytes and then frames, each a header of 24 bytes and a page. A frame belongs to the log when it
/// carries the header's salts and fits a checksum that runs over all frames up to it; a transaction ends with a frame that names
/// the size of the database. The log is written from its beginning again and again, with new salts: what an earlier round has
/// left behind its end is no damage.
struct LogReader {
    private static let headerSize = 32
    private static let frameHeaderSize = 24

    private let salts: (UInt32, UInt32)
    /// How often the log was begun anew; so often its first salt was counted up.
    private let rounds: UInt32
    private let pageSize: Int
    private let isBigEndian: Bool
    private var checksum: Checksum

    /// Frames that fit, and how many of them belong to whole transactions.
    private var fitting = 0
    private var committed = 0
    /// Frames looked at, and how many of them are not from an earlier round.
    private var seen = 0
    private var present = 0
    /// Ends of transactions behind the first frame that does not fit.
    private var lostCommits = 0

    /// What a log holds; `nil` when there is none, or nothing in it.
    static func inspect(_ path: String) -> RecoveryReport? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        // SQLite locks the database and the index of the log, never the log itself, so closing it takes no lock away.
        defer { close(file) }
        let header = bytes(headerSize, of: file)
        guard header.count == headerSize else { return nil }
        guard var reader = LogReader(header: header) else { return damagedHeader(header, file) }
        while true {
            let frame = bytes(frameHeaderSize + reader.pageSize, of: file)
            if frame.isEmpty { return reader.report }
            guard frame.count == frameHeaderSize + reader.pageSize else {
                reader.endsWithinFrame()
                return reader.report
            }
            reader.take(frame)
        }
    }

    /// `nil` when SQLite would not take it for a header.
    private init?(header: [UInt8]) {
        let size = Int(header.word(at: 8))
        guard header.word(at: 0) & ~1 == 0x377F_0682, Self.isPageSize(size) else { return nil }
        isBigEndian = header.word(at: 0) & 1 == 1
        checksum = Checksum()
        checksum.add(header[0..<24], isBigEndian: isBigEndian)
        guard checksum == Checksum(header.word(at: 24), header.word(at: 28)) else { return nil }
        pageSize = size
        rounds = header.word(at: 12)
        salts = (header.word(at: 16), header.word(at: 20))
    }

    private mutating func take(_ frame: [UInt8]) {
        seen += 1
        let (first, second) = (frame.word(at: 8), frame.word(at: 12))
        let isOurs = (first, second) == salts
        let isCommit = frame.word(at: 4) != 0
        if fitting == seen - 1, isOurs, frame.word(at: 0) != 0 {
            var next = checksum
            next.add(frame[0..<8], isBigEndian: isBigEndian)
            next.add(frame[Self.frameHeaderSize...], isBigEndian: isBigEndian)
            if next == Checksum(frame.word(at: 16), frame.word(at: 20)) {
                (checksum, fitting, present) = (next, seen, seen)
                if isCommit { committed = seen }
                return
            }
        }
        let age = salts.0 &- first
        if !isOurs, age >= 1, age <= rounds { return }
        present = seen
        if isOurs, isCommit { lostCommits += 1 }
    }

    /// The file ends within a frame.
    private mutating func endsWithinFrame() {
        // Behind what an earlier round has left, it is a part of that.
        if present == seen, present == fitting { (present, fitting) = (present + 1, fitting + 1) }
    }

    private var report: RecoveryReport? {
        if present == 0 { return nil }
        let ending: RecoveryReport.Ending =
            if present == committed { .whole } else if present == fitting { .unfinished } else {
                lostCommits > 1 ? .broken : .torn
            }
        return RecoveryReport(recoveredPages: committed, droppedPages: present - committed, ending: ending)
    }

    /// SQLite takes nothing from such a log.
    private static func damagedHeader(_ header: [UInt8], _ file: Int32) -> RecoveryReport? {
        let named = Int(header.word(at: 8))
        let frameSize = frameHeaderSize + (isPageSize(named) ? named : 4096)
        let frames = max(0, (Int(lseek(file, 0, SEEK_END)) - headerSize) / frameSize)
        return frames == 0 ? nil : RecoveryReport(recoveredPages: 0, droppedPages: frames, ending: .broken)
    }

    private static func isPageSize(_ size: Int) -> Bool {
        (512...65_536).contains(size) && size.nonzeroBitCount == 1
    }

    /// The next bytes, fewer only at the end.
    private static func bytes(_ count: Int, of file: Int32) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let got = read(file, rest.baseAddress, rest.count)
                if got < 0, errno == EINTR { continue }
                if got <= 0 { return }
                filled += got
            }
        }
    }
}

/// The checksum of a log, which runs over pairs of words.
private struct Checksum: Equatable {
    private var sums: (UInt32, UInt32)

    init(_ first: UInt32 = 0, _ second: UInt32 = 0) { sums = (first, second) }

    mutating func add(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) {
        var (first, second) = sums
        bytes.withUnsafeBytes { bytes in
            for place in stride(from: 0, to: bytes.count - 7, by: 8) {
                let words = (
                    bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self),
                    bytes.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
                )
                first &+= (isBigEndian ? words.0.bigEndian : words.0.littleEndian) &+ second
                second &+= (isBigEndian ? words.1.bigEndian : words.1.littleEndian) &+ first
            }
        }
        sums = (first, second)
    }

    static func == (a: Self, b: Self) -> Bool { a.sums == b.sums }
}

extension [UInt8] {
    /// The number of four bytes at a place, the highest first.
    fileprivate func word(at place: Int) -> UInt32 {
        self[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
