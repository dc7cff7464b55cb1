/// Cuts a body of server-sent events into events, whatever pieces it arrives in: a piece may end inside a line, a line break or
/// a character.
///
/// Follows the HTML standard's reading of `text/event-stream`: lines end with CR, LF or both, comments and unknown fields are
/// skipped, an event ends with an empty line, and one that the end of the body cuts off is no event.
package struct ServerSentEvents {
    /// One event.
    package struct Event: Hashable, Sendable {
        /// The event's name; empty where the server gave none.
        package var name: String
        /// The lines of data, joined by line feeds.
        package var data: [UInt8]
    }

    /// The longest event that is taken, in bytes: a server that never ends a line must not fill the memory.
    package static let eventLimit = 4 << 20

    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var name = ""
    private var afterReturn = false
    private var isFirstLine = true

    /// Makes a reader at the beginning of a body.
    package init() {}

    /// Takes the next piece of the body and returns the events that end in it.
    ///
    /// - Throws: ``TooLong`` when an event is longer than ``eventLimit``.
    package mutating func take(_ piece: [UInt8]) throws -> [Event] {
        var events: [Event] = []
        var start = piece.startIndex
        for (place, byte) in piece.enumerated() where byte == 0x0A || byte == 0x0D {
            if byte == 0x0A, afterReturn, place == start {
                // The second half of a line break.
                afterReturn = false
                start = place + 1
                continue
            }
            line.append(contentsOf: piece[start..<place])
            start = place + 1
            afterReturn = byte == 0x0D
            if let event = endLine() { events.append(event) }
        }
        if start < piece.endIndex {
            afterReturn = false
            line.append(contentsOf: piece[start...])
        }
        if line.count + data.count > Self.eventLimit { throw TooLong() }
        return events
    }

    /// An event was longer than is taken.
    package struct TooLong: Error {}

    private mutating func endLine() -> Event? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        if line.isEmpty { return endEvent() }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[min(colon + 1, line.endIndex)...]
        if value.first == 0x20 { value = value.dropFirst() }
        if line[..<colon].elementsEqual("data".utf8) {
            if hasData { data.append(0x0A) }
            hasData = true
            data.append(contentsOf: value)
        } else if line[..<colon].elementsEqual("event".utf8) {
            name = String(decoding: value, as: UTF8.self)
        }
        return nil
    }

    private mutating func endEvent() -> Event? {
        defer {
            data = []
            hasData = false
            name = ""
        }
        return hasData ? Event(name: name, data: data) : nil
    }
}
