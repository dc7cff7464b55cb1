internal import OpenCXCore

/// Writes a reply as the AI SDK's UI message stream, version 1: server-sent events with a JSON object each.
struct UIMessageStream {
    static let headers: [(name: String, value: String)] = [
        ("content-type", "text/event-stream; charset=utf-8"), ("x-vercel-ai-ui-message-stream", "v1"),
        ("cache-control", "no-store, no-transform"), ("x-content-type-options", "nosniff"),
        // Else a proxy may keep it all until it ends.
        ("x-accel-buffering", "no"),
    ]

    /// Nothing, said so that nobody in between takes the connection for dead.
    static let stillHere = Array(": still here\n\n".utf8)

    private(set) var bytes: [UInt8] = []
    private var message: MessageID?
    /// What the open text part shows; `nil` while none is open.
    private var text: String?
    private var partCount = 0
    private var hasRetracted = false

    /// Hands over what is to be sent.
    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// Shows a reply as far as it goes: what is new of it, or, where it began anew, all of it in place of what was shown.
    mutating func show(_ reply: String, of id: MessageID) {
        begin(id)
        if let shown = text {
            if reply.utf8.count >= shown.utf8.count, reply.utf8.starts(with: shown.utf8) {
                // A sentence never ends inside of a character, so this is text.
                let more = String(decoding: reply.utf8.dropFirst(shown.utf8.count), as: UTF8.self)
                if !more.isEmpty { write(["type": "text-delta", "id": part, "delta": .string(more)]) }
                text = reply
                return
            }
            retract()
        }
        partCount += 1
        write(["type": "text-start", "id": part])
        write(["type": "text-delta", "id": part, "delta": .string(reply)])
        text = reply
    }

    /// Takes back what is shown. The protocol has no word for that; the page shows what is stored once the turn is over.
    mutating func retract() {
        guard text != nil else { return }
        let retracted = part
        endText()
        hasRetracted = true
        write(["type": "data-retracted", "id": retracted, "data": ["textId": retracted], "transient": true])
    }

    /// The articles that a reply rests on, and the calls that the page may show.
    mutating func add(_ citations: [Citation], _ actions: [ActionRecord]) {
        endText()
        for citation in citations {
            guard let url = citation.url else { continue }
            write([
                "type": "source-url", "sourceId": .string("\(citation.article)"), "url": .string(url),
                "title": .string(citation.title.text),
            ])
        }
        for (place, action) in actions.enumerated() {
            let id = JSONValue.string("\(message.map { "\($0)" } ?? "call")-\(place + 1)")
            write([
                "type": "tool-input-available", "toolCallId": id, "toolName": .string(action.name),
                "input": .object(action.arguments.mapValues { .string($0.text) }),
            ])
            if action.outcome == .succeeded {
                write(["type": "tool-output-available", "toolCallId": id, "output": action.resultJSON])
            } else {
                write(["type": "tool-output-error", "toolCallId": id, "errorText": .string(action.result.text)])
            }
        }
    }

    /// Says under which ids the reply is in the history, so that the page goes on showing what it has instead of drawing it anew;
    /// unless some of that is no longer said.
    mutating func settle(_ turn: MessageID, rows: [MessageID]) {
        endText()
        if hasRetracted { return }
        write([
            "type": "data-turn-settled",
            "data": ["turn_id": .string(turn.rawValue), "message_uuids": .array(rows.map { .string($0.rawValue) })],
        ])
    }

    /// The turn is over; what is to be known of it stands in the metadata.
    mutating func finish(_ metadata: [String: JSONValue]) {
        begin(nil)
        endText()
        write(["type": "finish-step"])
        write(["type": "finish", "messageMetadata": .object(metadata)])
        end()
    }

    /// There is no reply any more.
    mutating func abort() {
        begin(nil)
        endText()
        write(["type": "abort"])
        end()
    }

    /// Something went wrong; the message is safe for all that.
    mutating func fail(_ reason: String) {
        begin(nil)
        endText()
        write(["type": "error", "errorText": .string(reason)])
        end()
    }

    private var part: JSONValue { .string("text-\(partCount)") }
    private var hasBegun = false

    private mutating func begin(_ id: MessageID?) {
        if hasBegun { return }
        hasBegun = true
        message = id
        var start: [String: JSONValue] = ["type": "start"]
        start["messageId"] = id.map { .string($0.rawValue) }
        write(.object(start))
        write(["type": "start-step"])
    }

    private mutating func endText() {
        guard text != nil else { return }
        write(["type": "text-end", "id": part])
        text = nil
    }

    private mutating func end() { bytes += "data: [DONE]\n\n".utf8 }

    private mutating func write(_ event: JSONValue) {
        bytes += "data: ".utf8
        bytes += event.serialized()
        bytes += "\n\n".utf8
    }
}
