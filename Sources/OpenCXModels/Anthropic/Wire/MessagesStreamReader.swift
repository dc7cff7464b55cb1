internal import OpenCXCore

/// Puts the events of a streamed message together. Unknown events and blocks are skipped, as the vendor asks.
struct MessagesStreamReader: ModelEventReader {
    private struct Block {
        var id: String
        var name: String
        var input = ""
    }

    private var model: String
    private let formName: String?
    private var content: MessagesResponse.Content
    private var open: [Int: Block] = [:]
    private var stop: String?
    private var usage: [String: JSONValue] = [:]

    init(model: String, formName: String?) {
        self.model = model
        self.formName = formName
        content = MessagesResponse.Content(formName: formName)
    }

    mutating func read(_ event: ServerSentEvents.Event) throws -> [ModelDelta] {
        guard let json = try? JSONValue(parsing: event.data) else {
            throw ModelError(.malformed, "\(AnthropicFailure.vendor) sent an event that is no JSON.")
        }
        var index = 0
        if case .integer(let given) = json["index"] { index = Int(clamping: given) }
        switch json["type"]?.string ?? event.name {
        case "message_start":
            if let named = json["message"]?["model"]?.string { model = named }
            take(json["message"]?["usage"])
        case "content_block_start":
            guard let block = json["content_block"] else { break }
            if block["type"]?.string == "tool_use" {
                open[index] = Block(id: block["id"]?.string ?? "", name: block["name"]?.string ?? "")
            } else if let text = block["text"]?.string, !text.isEmpty {
                return say(text)
            }
        case "content_block_delta": return delta(json["delta"], index)
        case "content_block_stop":
            if let block = open.removeValue(forKey: index) {
                content.add(id: block.id, name: block.name, input: block.input.isEmpty ? "{}" : block.input)
            }
        case "message_delta":
            if let reason = json["delta"]?["stop_reason"]?.string { stop = reason }
            take(json["usage"])
        case "message_stop":
            let usage = MessagesResponse.usage(.object(usage))
            return [.finished(content.reply(stop: stop, usage: usage, model: model))]
        case "error":
            throw AnthropicFailure.error(nil, { _ in nil }, event.data)
        default: break
        }
        return []
    }

    private mutating func delta(_ delta: JSONValue?, _ index: Int) -> [ModelDelta] {
        switch delta?["type"]?.string {
        case "text_delta": return say(delta?["text"]?.string ?? "")
        case "input_json_delta":
            let more = delta?["partial_json"]?.string ?? ""
            open[index]?.input += more
            let isForm = formName != nil && open[index]?.name == formName && !more.isEmpty
            return isForm ? [.text(UnredactedText(more))] : []
        default: return []
        }
    }

    private mutating func say(_ text: String) -> [ModelDelta] {
        content.text += text
        return text.isEmpty || formName != nil ? [] : [.text(UnredactedText(text))]
    }

    /// The counts are cumulative: the last one of each counts.
    private mutating func take(_ more: JSONValue?) {
        guard case .object(let counts) = more else { return }
        usage.merge(counts) { $1 }
    }
}
