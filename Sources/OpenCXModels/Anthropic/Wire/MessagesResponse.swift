internal import OpenCXCore

/// The body of a response of `POST /v1/messages`.
enum MessagesResponse {
    static func reply(_ body: [UInt8], model: String, formName: String?) throws -> ModelReply {
        guard let json = try? JSONValue(parsing: body), case .array(let blocks) = json["content"] else {
            throw ModelError(.malformed, "\(AnthropicFailure.vendor) sent a response that is no message.")
        }
        var content = Content(formName: formName)
        for block in blocks {
            switch block["type"]?.string {
            case "text": content.text += block["text"]?.string ?? ""
            case "tool_use":
                let input = block["input"] ?? .object([:])
                content.add(
                    id: block["id"]?.string ?? "", name: block["name"]?.string ?? "",
                    input: String(decoding: input.serialized(), as: UTF8.self))
            default: break
            }
        }
        return content.reply(
            stop: json["stop_reason"]?.string, usage: usage(json["usage"]), model: json["model"]?.string ?? model)
    }

    static func usage(_ usage: JSONValue?) -> ModelUsage {
        func count(_ name: String) -> Int? {
            if case .integer(let number) = usage?[name] { Int(clamping: number) } else { nil }
        }
        let cached = count("cache_read_input_tokens")
        // The vendor counts what its cache read and wrote apart.
        let prompt = count("input_tokens").map { $0 + (cached ?? 0) + (count("cache_creation_input_tokens") ?? 0) }
        return ModelUsage(promptTokens: prompt, replyTokens: count("output_tokens"), cachedTokens: cached)
    }

    /// What a message says, the form's tool told from the others.
    struct Content {
        let formName: String?
        var text = ""
        private var form: String?
        private var calls: [ModelCall] = []

        init(formName: String?) {
            self.formName = formName
        }

        mutating func add(id: String, name: String, input: String) {
            if name == formName {
                form = form ?? input
            } else {
                calls.append(ModelCall(id: id, name: name, arguments: UnredactedText(input)))
            }
        }

        func reply(stop: String?, usage: ModelUsage, model: String) -> ModelReply {
            let isRefusal = stop == "refusal"
            let finish: ModelReply.Finish =
                switch stop {
                case "refusal": .refused
                case "max_tokens", "model_context_window_exceeded": .length
                case _ where !calls.isEmpty: .toolCalls
                case "end_turn", "stop_sequence", "tool_use": .stop
                default: .other
                }
            // What it says beside the form is thinking aloud.
            return ModelReply(
                text: UnredactedText(isRefusal ? text : form ?? text), calls: calls, isRefusal: isRefusal,
                finish: finish, usage: usage, model: model)
        }
    }
}
