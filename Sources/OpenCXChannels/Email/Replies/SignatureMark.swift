/// Where a signature begins.
enum SignatureMark {
    /// Longer ones are no signatures, unless they are marked by the book.
    private static let longest = 15

    /// The end of the signature that begins at a line.
    static func end(of start: Int, in lines: [MailLine]) -> Int? {
        let line = lines[start]
        let isByTheBook = line.original == "-- " || line.original == "--" || line.original == "-- \r"
        let isMark = isByTheBook || ["--", "__", "—", "–", "—-"].contains(line.text)
        if isMark {
            let (end, count) = end(after: start, in: lines, limit: isByTheBook ? .max : longest)
            return isByTheBook || (1...longest).contains(count) ? end : nil
        }
        guard isDevice(line) else { return nil }
        // What follows more than a few lines is the mail itself.
        let (end, count) = end(after: start, in: lines, limit: 4)
        return count <= 4 ? end : start + 1
    }

    /// Up to where something is quoted, and how many lines with text there are. Nobody looks further than the limit.
    private static func end(after start: Int, in lines: [MailLine], limit: Int) -> (end: Int, count: Int) {
        var place = start + 1
        var count = 0
        while place < lines.count, !lines[place].isQuoted, HistoryMark.at(place, in: lines) == nil {
            if !lines[place].isBlank { count += 1 }
            if count > limit { break }
            place += 1
        }
        return (place, count)
    }

    /// `Sent from my telephone`, in many languages.
    private static func isDevice(_ line: MailLine) -> Bool {
        guard !line.lowered.isEmpty, line.lowered.utf8.count <= 120 else { return false }
        let text = line.lowered.drop { "-—–_[(* ".contains($0) }
        if MailWords.ownDevicePrefixes.contains(where: { text.hasPrefix($0) }) { return true }
        let isLikely =
            MailWords.devicePrefixes.contains { text.hasPrefix($0) }
            || MailWords.deviceSuffixes.contains { text.hasPrefix($0.start) && text.contains($0.end) }
        return isLikely && MailWords.devices.isIn(text)
    }
}
