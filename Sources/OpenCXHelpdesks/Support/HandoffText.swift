package import OpenCXCore

/// The words that people in a helpdesk read.
package enum HandoffText {
    /// What stands above everything: what was asked, why the AI stopped, how the customer feels. CommonMark.
    package static func comment(_ handoff: HandoffPackage, link: String?) -> String {
        var lines = [
            "**The AI has handed this conversation off.** \(reason(handoff.record))", "", handoff.summary.reveal(), "",
            "Sentiment: \(handoff.record.sentiment.rawValue)",
        ]
        if let topic = handoff.record.topic { lines.append("Topic: \(topic)") }
        return lines.joined(separator: "\n") + "\n\n" + foot(handoff.ticket, handoff.idempotencyKey, link)
    }

    /// What is noted when a session has ended. CommonMark.
    package static func ending(_ ending: ConversationEnding, link: String?) -> String {
        let how =
            switch ending.status {
            case .open, .closedUnresolved: "ended without being solved"
            case .closedResolved: "solved"
            }
        let who =
            switch ending.actor {
            case .customer: "the customer"
            case .ai: "the AI"
            case .person(let person): person.rawValue
            case .system: "silence or a rule"
            }
        let lines = [
            "**This conversation is \(how)**, by \(who).", "", ending.summary.reveal(), "",
            "Sentiment: \(ending.sentiment.rawValue)",
        ]
        return lines.joined(separator: "\n") + "\n\n" + foot(ending.ticket, ending.idempotencyKey, link)
    }

    /// What was said, in parts of at most `limit` bytes of UTF-8, at least 1,000; each says which it is, and carries a mark of its
    /// own (``marker(_:part:)``). Plain text.
    package static func transcript(_ handoff: HandoffPackage, limit: Int) -> [String] {
        let room = max(1000, limit) - 200
        var parts: [String] = []
        var part = ""
        for line in handoff.transcript {
            for piece in pieces("\(line.author.label) (\(line.at)):\n\(line.text.reveal())\n\n", of: room) {
                if !part.isEmpty, part.utf8.count + piece.utf8.count > room {
                    parts.append(part)
                    part = ""
                }
                part += piece
            }
        }
        if !part.isEmpty { parts.append(part) }
        return parts.enumerated().map { place, text in
            let head = parts.count == 1 ? "Conversation so far" : "Conversation so far (\(place + 1)/\(parts.count))"
            return "\(head)\n\n\(text)\(marker(handoff.idempotencyKey, part: place + 1))"
        }
    }

    /// What the customer wrote after the handoff, in parts like those of a transcript. Plain text.
    package static func followUp(_ followUp: FollowUp, limit: Int) -> [String] {
        var text = "\(followUp.line.author.label) (\(followUp.line.at)):\n\(followUp.line.text.reveal())\n"
        if !followUp.files.isEmpty {
            text += "\nFiles: " + followUp.files.map { $0.reveal() }.joined(separator: ", ") + "\n"
        }
        return pieces(text, of: max(1000, limit) - 200).enumerated().map { place, piece in
            "\(piece)\n\(marker(followUp.idempotencyKey, part: place + 1))"
        }
    }

    /// What our own comment is found again by after an answer was lost: short, and nothing that a customer could guess.
    package static func marker(_ idempotencyKey: String, part: Int = 0) -> String {
        "[opencx:\(StableHash.hex(idempotencyKey, String(part)).prefix(16))]"
    }

    private static func foot(_ ticket: TicketNumber, _ key: String, _ link: String?) -> String {
        let session = link.map { "[Session \(ticket)](\($0))" } ?? "Session \(ticket)"
        return "\(session) · \(marker(key))"
    }

    private static func reason(_ record: HandoffRecord) -> String {
        switch record.trigger {
        case .explicitRequest: "The customer asked for a person."
        case .frustration: "The customer is frustrated."
        case .noProgress: "The answers did not help."
        case .lowConfidence: "It was not sure of its answer."
        case .prohibitedTopic, .topic: "The topic is not the AI's."
        case .autopilotOff: "Autopilot is off on this channel."
        case .actionUnknown: "It is not known whether something was done: please check."
        case .actionFailed: "Something that was needed could not be done."
        default: record.explanation.text
        }
    }

    /// Cuts a text into pieces of at most `limit` bytes: at the end of a line where there is one, never inside a scalar.
    package static func pieces(_ text: String, of limit: Int) -> [String] {
        guard text.utf8.count > limit else { return [text] }
        var pieces: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            var end = rest.startIndex
            var count = 0
            var line: String.Index?
            for place in rest.unicodeScalars.indices {
                let scalar = rest.unicodeScalars[place]
                count += UTF8.width(scalar)
                if count > limit { break }
                end = rest.unicodeScalars.index(after: place)
                // A short line before a long one is no place to cut.
                if scalar == "\n", count > limit / 2 { line = end }
            }
            if end < rest.endIndex, let line { end = line }
            pieces.append(String(rest.unicodeScalars[..<end]))
            rest = rest[end...]
        }
        return pieces
    }
}
