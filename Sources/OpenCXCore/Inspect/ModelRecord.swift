/// What a language model said, redacted, as a trace keeps it.
public struct ModelRecord: Sendable, Hashable, Codable {
    /// The text; of a structured answer, the JSON.
    public var text: RedactedText
    /// The tools it wanted called.
    public var calls: [Call]
    /// Whether it declined to answer.
    public var isRefusal: Bool

    /// A tool that a model wanted called.
    public struct Call: Sendable, Hashable, Codable {
        /// The tool.
        public var name: String
        /// The arguments, as JSON.
        public var arguments: RedactedText

        /// Makes a record of a call.
        public init(name: String, arguments: RedactedText) {
            self.name = name
            self.arguments = arguments
        }
    }

    /// Makes a record from its parts.
    public init(text: RedactedText, calls: [Call] = [], isRefusal: Bool = false) {
        self.text = text
        self.calls = calls
        self.isRefusal = isRefusal
    }
}

extension ModelRecord {
    /// Replies that are longer than this leave no record.
    static let longest = 64 * 1024

    /// Redacts what a model said; `nil` when it is too long to be kept.
    ///
    /// - Throws: what the redactor or the vault throws.
    init?(_ reply: ModelReply, in context: TurnContext, sparing published: [RedactedText]) async throws {
        let length = reply.calls.reduce(reply.text.byteCount) { $0 + $1.arguments.byteCount }
        guard length <= Self.longest else { return nil }
        let redaction = JSONRedaction(context: context, published: published)
        text = try await redaction.redact(reply.text)
        calls = []
        for call in reply.calls {
            let name = try await context.redact(UnredactedText(call.name))
            calls.append(Call(name: name.text, arguments: try await redaction.redact(call.arguments)))
        }
        isRefusal = reply.isRefusal
    }

    /// The reply, as it was but for what was redacted.
    func reply(_ use: ModelUse) -> ModelReply {
        ModelReply(
            text: UnredactedText(text.text),
            calls: calls.enumerated().map { place, call in
                ModelCall(
                    id: "call_\(place + 1)", name: call.name, arguments: UnredactedText(call.arguments.text))
            },
            isRefusal: isRefusal, finish: use.finish, usage: use.usage, model: use.model, passedOver: use.passedOver)
    }
}

/// Redacts the texts in JSON, each for itself: an escape before a number would hide it from a redactor that sees the whole.
private struct JSONRedaction {
    let context: TurnContext
    let published: [RedactedText]

    func redact(_ text: UnredactedText) async throws -> RedactedText {
        let raw = text.reveal()
        guard let start = raw.first(where: { !$0.isWhitespace }), start == "{" || start == "[",
            let json = try? JSONValue(parsing: Array(raw.utf8))
        else { return try await context.redact(text, sparing: published) }
        let redacted = try await redact(json)
        return RedactedText(derived: String(decoding: redacted.serialized(), as: UTF8.self))
    }

    private func redact(_ value: JSONValue) async throws -> JSONValue {
        switch value {
        case .string(let text):
            return .string(try await context.redact(UnredactedText(text), sparing: published).text)
        case .array(let items):
            var redacted: [JSONValue] = []
            for item in items { redacted.append(try await redact(item)) }
            return .array(redacted)
        case .object(let members):
            var redacted: [String: JSONValue] = [:]
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                let key = try await context.redact(UnredactedText(name)).text
                redacted[key] = try await redact(member)
            }
            return .object(redacted)
        case .integer(let number):
            // A card number without quotes is one all the same.
            let text = try await context.redact(UnredactedText("\(number)"))
            return text.placeholders.isEmpty ? value : .string(text.text)
        case .null, .bool, .number: return value
        }
    }
}
