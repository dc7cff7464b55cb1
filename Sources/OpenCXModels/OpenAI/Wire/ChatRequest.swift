internal import OpenCXCore

/// The body of `POST /chat/completions`, written straight into bytes.
struct ChatRequest {
    let bytes: [UInt8]

    init(_ prompt: Prompt, model: String, dialect: OpenAIServer.Dialect, streams: Bool) {
        var body = JSONWriter(capacity: 4096)
        body.object { body in
            body.member("model", model)
            body.name("messages")
            body.array { body in
                Self.message(dialect.instructionRole.rawValue, Self.instructions(prompt, dialect), &body)
                for turn in prompt.turns { Self.turn(turn, &body) }
            }
            if !prompt.tools.isEmpty { Self.tools(prompt.tools, dialect, &body) }
            if let form = prompt.responseForm { Self.responseFormat(form, dialect, &body) }
            switch dialect.tokenLimit {
            case .maxCompletionTokens: body.member("max_completion_tokens", prompt.tokenLimit)
            case .maxTokens: body.member("max_tokens", prompt.tokenLimit)
            }
            if let temperature = prompt.temperature { body.member("temperature", temperature) }
            if streams {
                body.member("stream", true)
                if dialect.streamsUsage {
                    body.name("stream_options")
                    body.object { $0.member("include_usage", true) }
                }
            }
        }
        bytes = body.bytes
    }

    private static func instructions(_ prompt: Prompt, _ dialect: OpenAIServer.Dialect) -> String {
        guard let form = prompt.responseForm, dialect.responseFormat != .jsonSchema else {
            return prompt.instructions.text
        }
        return prompt.instructions.text + "\nReply with one JSON object of this JSON Schema and nothing else:\n"
            + String(decoding: form.schema, as: UTF8.self) + "\n"
    }

    private static func message(_ role: String, _ content: String, _ body: inout JSONWriter) {
        body.object { body in
            body.member("role", role)
            body.member("content", content)
        }
    }

    private static func turn(_ turn: Prompt.Turn, _ body: inout JSONWriter) {
        switch turn {
        case .customer(let text):
            message("user", text.text, &body)
        case .model(let text, let calls) where calls.isEmpty:
            message("assistant", text.text, &body)
        case .model(let text, let calls):
            body.object { body in
                body.member("role", "assistant")
                if !text.isEmpty { body.member("content", text.text) }
                body.name("tool_calls")
                body.array { body in for call in calls { Self.call(call, &body) } }
            }
        case .result(let id, let text, _):
            body.object { body in
                body.member("role", "tool")
                body.member("tool_call_id", id)
                body.member("content", text.text)
            }
        }
    }

    private static func call(_ call: Prompt.Call, _ body: inout JSONWriter) {
        var arguments = JSONWriter(capacity: 128)
        arguments.object { arguments in
            for (name, value) in call.arguments.sorted(by: { $0.key < $1.key }) {
                arguments.name(of: name)
                arguments.string(value.text)
            }
        }
        body.object { body in
            body.member("id", call.id)
            body.member("type", "function")
            body.name("function")
            body.object { body in
                body.member("name", call.name)
                body.member("arguments", String(decoding: arguments.bytes, as: UTF8.self))
            }
        }
    }

    private static func tools(_ tools: [ModelTool], _ dialect: OpenAIServer.Dialect, _ body: inout JSONWriter) {
        body.name("tools")
        body.array { body in
            for tool in tools {
                body.object { body in
                    body.member("type", "function")
                    body.name("function")
                    body.object { body in
                        body.member("name", tool.name)
                        body.member("description", tool.description)
                        body.name("parameters")
                        body.raw(tool.schema)
                        if dialect.strictTools, tool.isStrict { body.member("strict", true) }
                    }
                }
            }
        }
        if dialect.sendsParallelToolCalls { body.member("parallel_tool_calls", false) }
    }

    private static func responseFormat(
        _ form: ResponseForm, _ dialect: OpenAIServer.Dialect, _ body: inout JSONWriter
    ) {
        switch dialect.responseFormat {
        case .instructions: break
        case .jsonObject:
            body.name("response_format")
            body.object { $0.member("type", "json_object") }
        case .jsonSchema:
            body.name("response_format")
            body.object { body in
                body.member("type", "json_schema")
                body.name("json_schema")
                body.object { body in
                    body.member("name", form.name)
                    body.member("strict", true)
                    body.name("schema")
                    body.raw(form.schema)
                }
            }
        }
    }
}
