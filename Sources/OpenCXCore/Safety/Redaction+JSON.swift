extension Redaction {
    /// Replaces personal data in every text of a JSON value, names of members included; a number that is somebody's becomes a
    /// text.
    func redactForeign(
        _ json: UnredactedJSON, in session: SessionID, counts: inout PlaceholderCounts
    ) async throws -> RedactedText {
        let redacted = try await redact(json.reveal(), in: session, &counts)
        return RedactedText(redacted: String(decoding: redacted.serialized(), as: UTF8.self))
    }

    /// Puts the raw values back into the texts of a JSON value; `nil` when the text is not JSON.
    func restore(json text: RedactedText, in session: SessionID) async throws -> UnredactedJSON? {
        guard let json = try? JSONValue(parsing: Array(text.text.utf8)) else { return nil }
        return UnredactedJSON(try await restore(json, in: session))
    }

    private func redact(
        _ json: JSONValue, in session: SessionID, _ counts: inout PlaceholderCounts
    ) async throws -> JSONValue {
        switch json {
        case .null, .bool: return json
        case .integer, .number:
            let written = String(decoding: json.serialized(), as: UTF8.self)
            let text = try await redact(written, in: session, &counts)
            return text == written ? json : .string(text)
        case .string(let text):
            return .string(try await redact(text, in: session, &counts))
        case .array(let values):
            var redacted: [JSONValue] = []
            for value in values { redacted.append(try await redact(value, in: session, &counts)) }
            return .array(redacted)
        case .object(let members):
            var redacted: [String: JSONValue] = [:]
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                redacted[try await redact(name, in: session, &counts)] = try await redact(value, in: session, &counts)
            }
            return .object(redacted)
        }
    }

    private func redact(
        _ text: String, in session: SessionID, _ counts: inout PlaceholderCounts
    ) async throws -> String {
        try await redactForeign(UnredactedText(text).withoutControls, in: session, counts: &counts).text
    }

    private func restore(_ json: JSONValue, in session: SessionID) async throws -> JSONValue {
        switch json {
        case .null, .bool, .integer, .number: return json
        case .string(let text):
            return .string(try await restore(RedactedText(redacted: text), in: session).reveal())
        case .array(let values):
            var restored: [JSONValue] = []
            for value in values { restored.append(try await restore(value, in: session)) }
            return .array(restored)
        case .object(let members):
            var restored: [String: JSONValue] = [:]
            for (name, value) in members {
                let name = try await restore(RedactedText(redacted: name), in: session).reveal()
                restored[name] = try await restore(value, in: session)
            }
            return .object(restored)
        }
    }
}
