/// The form of an answer that the model is asked for, and the reader of what it wrote instead.
struct ModelAnswerForm: Equatable {
    var kind: Kind
    var text: String
    var citations: [String] = []
    var reason: HandoffReason?
    var note: String?
    var resolves = false
    var sentiment: Sentiment?
    var language: LanguageTag?

    enum Kind: String {
        case answer, question, handoff
        case smallTalk = "small_talk"
    }

    static let form = ResponseForm(
        name: "reply", description: "The reply to the customer.",
        schema: [
            "type": "object", "additionalProperties": false,
            "required": [
                "kind", "text", "citations", "handoff_reason", "handoff_note", "resolved", "sentiment", "language",
            ],
            "properties": [
                "kind": [
                    "type": "string", "enum": ["answer", "question", "small_talk", "handoff"],
                    "description":
                        "answer: from passages, scenarios or results. question: a detail is missing. small_talk: manners only. handoff: a person must answer.",
                ],
                "text": [
                    "type": "string", "description": "What the customer reads, as Markdown; empty for a handoff.",
                ],
                "citations": [
                    "type": "array", "items": ["type": "string"], "description": "The handles used: P1, S1.",
                ],
                "handoff_reason": [
                    "type": ["string", "null"],
                    "enum": .array(HandoffReason.allCases.map { .string($0.rawValue) } + [.null]),
                ],
                "handoff_note": ["type": ["string", "null"], "description": "For the person who takes over."],
                "resolved": ["type": "boolean", "description": "Whether the customer has said that all is settled."],
                "sentiment": ["type": "string", "enum": ["angry", "neutral", "happy"]],
                "language": ["type": "string", "description": "The language of the text: en, de."],
            ],
        ])

    /// What is wrong with a reply, in words for the model.
    struct Malformed: Error {
        var problem: RedactedText
    }

    /// Reads a reply. Text that does not even begin like JSON is taken for a plain answer: not every server knows forms.
    init(reading raw: String) throws(Malformed) {
        let text = Self.withoutCodeFence(raw)
        guard text.first == "{" else {
            guard !text.isEmpty else { throw Malformed(problem: "It was empty.") }
            self.init(kind: .answer, text: String(text))
            return
        }
        guard let json = try? JSONValue(parsing: Array(text.utf8)) else {
            throw Malformed(problem: "It was no valid JSON object.")
        }
        guard let kind = Kind(rawValue: json["kind"]?.string ?? "answer") else {
            throw Malformed(problem: "Its kind was none of answer, question, small_talk and handoff.")
        }
        guard let words = json["text"]?.string ?? (kind == .handoff ? "" : nil) else {
            throw Malformed(problem: "It had no text.")
        }
        if kind != .handoff, words.allSatisfy(\.isWhitespace) { throw Malformed(problem: "Its text was empty.") }
        self.init(kind: kind, text: words)
        if case .array(let handles) = json["citations"] { citations = handles.compactMap(\.string) }
        reason = (json["handoff_reason"]?.string).flatMap(HandoffReason.init(rawValue:))
        note = json["handoff_note"]?.string
        resolves = json["resolved"] == .bool(true)
        sentiment = (json["sentiment"]?.string).flatMap(Sentiment.init(rawValue:))
        language = (json["language"]?.string).flatMap { $0.utf8.count <= 12 ? LanguageTag(rawValue: $0) : nil }
    }

    init(kind: Kind, text: String) {
        self.kind = kind
        self.text = text
    }

    /// Small models like to put their JSON into a block of code.
    private static func withoutCodeFence(_ raw: String) -> Substring {
        var text = raw.trimmingSpaces()
        guard text.hasPrefix("```"), text.hasSuffix("```"), let line = text.firstIndex(of: "\n") else { return text }
        text = text[line...].dropLast(3)
        return String(text).trimmingSpaces()[...]
    }
}

extension HandoffReason {
    /// What a model's reason is recorded as having set off.
    var trigger: HandoffTrigger {
        switch self {
        case .insufficientKnowledge: .lowConfidence
        case .insufficientTools: .actionFailed
        case .prohibitedTopic: .prohibitedTopic
        case .userRequestedHumanAssistance: .explicitRequest
        case .basedOnInstructions, .instructionsNotClear: .aiDecision
        }
    }
}
