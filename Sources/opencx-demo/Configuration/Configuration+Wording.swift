internal import OpenCXCore

/// The team's own words: for all channels under `*`, for one under its name.
struct WordingSettings {
    private(set) var phrasebook: Phrasebook
    private(set) var channels: [ChannelID: Phrasebook] = [:]

    init(_ reader: ConfigurationReader, _ standard: Phrasebook) throws {
        phrasebook = standard
        let all = try reader.allObjects()
        if let words = all["*"] { try phrasebook.apply(words, Wording.handoffParts + Wording.answerParts) }
        for (channel, words) in all where channel != "*" {
            var own = phrasebook
            // What stands around answers is the answerer's, and the same everywhere.
            try own.apply(words, Wording.handoffParts)
            channels[ChannelID(channel)] = own
        }
    }
}

extension Phrasebook {
    /// Takes over other words, by language. What is not named stays as it was, or as it is in the nearest language.
    fileprivate mutating func apply(
        _ reader: ConfigurationReader, _ parts: [(name: String, part: WritableKeyPath<Wording, RedactedText>)]
    ) throws {
        for (language, words) in try reader.allObjects() {
            let tag = LanguageTag(rawValue: language)
            var wording = self[tag]
            for (name, part) in parts {
                if let text = try words.optionalPublished(name) { wording[keyPath: part] = text }
            }
            try words.finish()
            wordings[tag] = wording
        }
    }
}

extension Wording {
    fileprivate static var handoffParts: [(name: String, part: WritableKeyPath<Wording, RedactedText>)] {
        [
            ("handoff_unknown", \.handoffUnknown), ("handoff_requested", \.handoffRequested),
            ("handoff_upset", \.handoffUpset), ("handoff_other", \.handoffOther), ("handoff_stuck", \.handoffStuck),
            ("before_handoff", \.beforeHandoff), ("human_declined", \.humanDeclined), ("human_later", \.humanLater),
            ("what_about", \.whatAbout), ("unknown_declined", \.unknownDeclined), ("topic_declined", \.topicDeclined),
            ("rephrase", \.rephrase), ("related", \.related), ("survey", \.survey),
        ]
    }

    fileprivate static var answerParts: [(name: String, part: WritableKeyPath<Wording, RedactedText>)] {
        [
            ("greeting", \.greeting), ("thanks", \.thanks), ("farewell", \.farewell), ("too_short", \.tooShort),
            ("unsure", \.unsure),
        ]
    }
}
