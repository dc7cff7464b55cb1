internal import OpenCXCore

/// The body of `POST /v1/messages`, written straight into bytes.
struct MessagesRequest {
    let bytes: [UInt8]
    /// The tool that stands for the structured answer.
    let formName: String?

    init(_ prompt: Prompt, model: String, streams: Bool) {
        let formName = prompt.responseForm.map { form in
            prompt.tools.contains { $0.name == form.name } ? "final_\(form.name)".prefix(64) : form.name[...]
        }.map(String.init)
        self.formName = formName
        var body = JSONWriter(capacity: 4096)
        body.object { body in
            body.member("model", model)
            body.member("max_tokens", max(1, prompt.tokenLimit))
            if !prompt.instructions.isEmpty { body.member("system", prompt.instructions.text) }
            body.name("messages")
            body.array { body in Self.messages(prompt.turns, &body) }
            Self.tools(prompt, formName, &body)
            if let temperature = prompt.temperature { body.member("temperature", temperature) }
            if streams { body.member("stream", true) }
        }
        bytes = body.bytes
    }

    private enum Block {
        case text(String)
        case call(Prompt.Call)
        case result(String, String, isError: Bool)

        var isResult: Bool { if case .result = self { true } else { false } }
    }

    /// One message for each run of turns of one side; results stand first in theirs, and the customer begins.
    private static func messages(_ turns: [Prompt.Turn], _ body: inout JSONWriter) {
        var messages: [(isUser: Bool, blocks: [Block])] = []
        func add(_ isUser: Bool, _ blocks: [Block]) {
            if messages.last?.isUser == isUser {
                messages[messages.count - 1].blocks += blocks
            } else {
                messages.append((isUser, blocks))
            }
        }
        for turn in turns {
            switch turn {
            case .customer(let text): add(true, [.text(text.text)])
            case .model(let text, let calls):
                if messages.isEmpty { add(true, [.text("(The conversation begins.)")]) }
                add(false, [.text(text.text)] + calls.map(Block.call))
            case .result(let id, let text, let isError): add(true, [.result(id, text.text, isError: isError)])
            }
        }
        for message in messages {
            body.object { body in
                body.member("role", message.isUser ? "user" : "assistant")
                body.name("content")
                body.array { body in
                    let said = message.blocks.filter { block in
                        // Empty blocks are refused.
                        if case .text(let text) = block { !text.allSatisfy(\.isWhitespace) } else { true }
                    }
                    for block in said where block.isResult { Self.block(block, &body) }
                    for block in said where !block.isResult { Self.block(block, &body) }
                    if said.isEmpty { Self.block(.text("(nothing)"), &body) }
                }
            }
        }
    }

    private static func block(_ block: Block, _ body: inout JSONWriter) {
        body.object { body in
            switch block {
            case .text(let text):
                body.member("type", "text")
                body.member("text", text)
            case .call(let call):
                body.member("type", "tool_use")
                body.member("id", call.id)
                body.member("name", call.name)
                body.name("input")
                body.object { body in
                    for (name, value) in call.arguments.sorted(by: { $0.key < $1.key }) {
                        body.name(of: name)
                        body.string(value.text)
                    }
                }
            case .result(let id, let text, let isError):
                body.member("type", "tool_result")
                body.member("tool_use_id", id)
                body.member("content", text)
                if isError { body.member("is_error", true) }
            }
        }
    }

    private static func tools(_ prompt: Prompt, _ formName: String?, _ body: inout JSONWriter) {
        guard !prompt.tools.isEmpty || formName != nil else { return }
        body.name("tools")
        body.array { body in
            for tool in prompt.tools { Self.tool(tool.name, tool.description, tool.schema, &body) }
            if let form = prompt.responseForm, let formName {
                Self.tool(formName, form.description + " Call this to end your turn.", form.schema, &body)
            }
        }
        body.name("tool_choice")
        body.object { body in
            if let formName, prompt.tools.isEmpty {
                body.member("type", "tool")
                body.member("name", formName)
            } else {
                body.member("type", formName == nil ? "auto" : "any")
            }
            body.member("disable_parallel_tool_use", true)
        }
    }

    private static func tool(
        _ name: String, _ description: String, _ schema: [UInt8], _ body: inout JSONWriter
    ) {
        body.object { body in
            body.member("name", name)
            body.member("description", description)
            body.name("input_schema")
            body.raw(schema)
        }
    }
}
