/// What opening a store made of a log that nobody had moved into the file: what a process left that crashed.
///
/// SQLite takes over all whole transactions up to the first page that does not fit its checksum, and leaves out the rest without a
/// word. This is the word.
public struct RecoveryReport: Sendable, Hashable, CustomStringConvertible {
    /// How many pages were taken over from the log.
    public var recoveredPages: Int
    /// How many pages after those were left out.
    public var droppedPages: Int
    /// What the end of the log looks like.
    public var ending: Ending

    /// Makes a report.
    ///
    /// - Parameters:
    ///   - recoveredPages: how many pages were taken over from the log.
    ///   - droppedPages: how many pages after those were left out.
    ///   - ending: what the end of the log looks like.
    public init(recoveredPages: Int, droppedPages: Int, ending: Ending) {
        self.recoveredPages = recoveredPages
        self.droppedPages = droppedPages
        self.ending = ending
    }

    /// What the end of a log looks like. Only what was on the disk is ever acknowledged.
    public enum Ending: String, Sendable, Hashable {
        /// It ends with a transaction.
        case whole
        /// The process ended while it wrote a transaction, of which nobody has been told: the ordinary end of a crash.
        case unfinished
        /// Pages of the last transaction do not fit their checksums. When the power failed while it was written, nobody has been
        /// told of it; when the disk has changed them since, what was acknowledged last is missing.
        case torn
        /// Whole transactions follow the pages that do not fit: the log is damaged, and what they held is missing.
        case broken
    }

    /// Whether something may be missing that was acknowledged.
    public var mayHaveLost: Bool { ending == .torn || ending == .broken }

    /// What was done, in a sentence or two for whoever runs the store.
    public var description: String {
        let taken = "The store was not closed the last time; \(recoveredPages) pages of its log were taken over"
        return switch ending {
        case .whole: "\(taken), which is all of them."
        case .unfinished:
            "\(taken). \(droppedPages) were left out: a transaction that was being written when the process ended, "
                + "and was acknowledged to nobody."
        case .torn:
            "\(taken). \(droppedPages) were left out: pages of the last transaction are damaged. If the power failed "
                + "while it was written, nothing is missing; otherwise what was acknowledged last is. Check the disk."
        case .broken:
            "\(taken). \(droppedPages) were left out: the log is damaged in the middle, and the transactions after that "
                + "are missing. Check the disk, and restore a backup if there is a newer one."
        }
    }
}
