internal import OpenCXCore

/// The body of a response of `POST /chat/completions`.
enum ChatResponse {
    static func reply(_ body: [UInt8], model: String) throws -> ModelReply {
        guard let json = try? JSONValue(parsing: body), case .array(let choices) = json["choices"],
            let choice = choices.first, let message = choice["message"]
        else {
            throw ModelError(.malformed, "\(OpenAIFailure.vendor) sent a response that is no chat completion.")
        }
        var calls: [ModelCall] = []
        if case .array(let list) = message["tool_calls"] {
            calls = list.compactMap { call in
                guard let function = call["function"], let name = function["name"]?.string else { return nil }
                return ModelCall(
                    id: call["id"]?.string ?? "", name: name, arguments: UnredactedText(Self.arguments(function)))
            }
        }
        let refusal = message["refusal"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        return assemble(
            text: message["content"]?.string ?? "", refusal: refusal, calls: calls,
            finish: choice["finish_reason"]?.string, usage: json["usage"], model: json["model"]?.string ?? model)
    }

    /// A JSON text by the API's rules; some servers send the object itself.
    private static func arguments(_ function: JSONValue) -> String {
        guard let arguments = function["arguments"], arguments != .null else { return "" }
        return arguments.string ?? String(decoding: arguments.serialized(), as: UTF8.self)
    }

    static func assemble(
        text: String, refusal: String?, calls: [ModelCall], finish: String?, usage: JSONValue?, model: String
    ) -> ModelReply {
        let isRefusal = refusal != nil || finish == "content_filter"
        // Some servers say "stop" although they call tools.
        let reason: ModelReply.Finish =
            switch finish {
            case _ where isRefusal: .refused
            case _ where !calls.isEmpty: .toolCalls
            case "stop": .stop
            case "length": .length
            default: .other
            }
        return ModelReply(
            text: UnredactedText(refusal ?? text), calls: calls, isRefusal: isRefusal, finish: reason,
            usage: Self.usage(usage), model: model)
    }

    private static func usage(_ usage: JSONValue?) -> ModelUsage {
        func count(_ value: JSONValue?) -> Int? {
            if case .integer(let number) = value { Int(clamping: number) } else { nil }
        }
        return ModelUsage(
            promptTokens: count(usage?["prompt_tokens"]), replyTokens: count(usage?["completion_tokens"]),
            cachedTokens: count(usage?["prompt_tokens_details"]?["cached_tokens"]))
    }
}
