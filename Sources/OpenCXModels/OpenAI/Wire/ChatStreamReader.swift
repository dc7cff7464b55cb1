internal import OpenCXCore

/// Puts the chunks of a streamed chat completion together.
struct ChatStreamReader: ModelEventReader {
    private struct Call {
        var id = ""
        var name = ""
        var arguments = ""
    }

    private var model: String
    private var text = ""
    private var refusal = ""
    private var calls: [Int: Call] = [:]
    private var finish: String?
    private var usage: JSONValue?

    init(model: String) {
        self.model = model
    }

    mutating func read(_ event: ServerSentEvents.Event) throws -> [ModelDelta] {
        if event.data.elementsEqual("[DONE]".utf8) { return [.finished(reply)] }
        guard let chunk = try? JSONValue(parsing: event.data) else {
            throw ModelError(.malformed, "\(OpenAIFailure.vendor) sent an event that is no JSON.")
        }
        if let error = chunk["error"], error != .null {
            throw OpenAIFailure.error(nil, { _ in nil }, chunk.serialized())
        }
        if let named = chunk["model"]?.string, !named.isEmpty { model = named }
        if let usage = chunk["usage"], usage != .null { self.usage = usage }
        guard case .array(let choices) = chunk["choices"], let choice = choices.first else { return [] }
        if let finish = choice["finish_reason"]?.string { self.finish = finish }
        guard let delta = choice["delta"] else { return [] }
        if case .array(let pieces) = delta["tool_calls"] { for piece in pieces { take(piece) } }
        if let more = delta["refusal"]?.string { refusal += more }
        guard let more = delta["content"]?.string, !more.isEmpty else { return [] }
        text += more
        return [.text(UnredactedText(more))]
    }

    private mutating func take(_ piece: JSONValue) {
        // Servers that leave the index out send one call at a time, whole.
        var index = calls.count
        if case .integer(let given) = piece["index"] { index = Int(clamping: given) }
        var call = calls[index] ?? Call()
        if let id = piece["id"]?.string, !id.isEmpty { call.id = id }
        if let name = piece["function"]?["name"]?.string, !name.isEmpty { call.name = name }
        call.arguments += piece["function"]?["arguments"]?.string ?? ""
        calls[index] = call
    }

    private var reply: ModelReply {
        let inOrder = calls.sorted { $0.key < $1.key }.map(\.value)
        return ChatResponse.assemble(
            text: text, refusal: refusal.isEmpty ? nil : refusal,
            calls: inOrder.map {
                ModelCall(id: $0.id, name: $0.name, arguments: UnredactedText($0.arguments))
            }, finish: finish, usage: usage, model: model)
    }
}
