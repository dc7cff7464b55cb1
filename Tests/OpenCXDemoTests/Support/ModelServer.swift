import OpenCXCore
import OpenCXDemoServer

/// A server that plays an OpenAI-compatible language model on the loopback, as a script tells it to.
final class ModelServer: Sendable {
    /// What the model does with a request.
    enum Act: Sendable {
        /// It gives a structured answer.
        case answer(String, citations: [String])
        /// It calls a tool.
        case call(String, arguments: JSONValue)
        /// It is down.
        case fail(Int)
    }

    private let script: @Sendable (JSONValue) -> Act
    private let seen = Locked<[JSONValue]>([])

    /// Makes a server that asks a closure what to do with the body of a request.
    init(_ script: @escaping @Sendable (JSONValue) -> Act) {
        self.script = script
    }

    /// The bodies of the requests, in order.
    var requests: [JSONValue] { seen.withLock(\.self) }

    /// Serves while the body runs, which gets the base URL.
    func serve<Value: Sendable>(_ body: @escaping @Sendable (String) async throws -> Value) async throws -> Value {
        let server = HTTPServer(configuration: HTTPServerConfiguration(drainTimeout: .seconds(1))) { request in
            self.respond(to: request)
        }
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await server.run { ready.yield($0) }
                return nil
            }
            group.addTask {
                for await port in ports { return try await body("http://127.0.0.1:\(port)/v1") }
                return nil
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() ?? nil else { throw DemoProcess.Failure(message: "no server") }
            return value
        }
    }

    private func respond(to request: WebhookRequest) -> WebhookResponse {
        guard request.method == "POST", request.path == "/v1/chat/completions",
            let body = try? JSONValue(parsing: request.body)
        else { return WebhookResponse(status: 404) }
        seen.withLock { $0.append(body) }
        let message: JSONValue
        switch script(body) {
        case .fail(let status):
            return .json(["error": ["message": "down", "type": "server_error"]], status: status)
        case .answer(let text, let citations):
            let form: JSONValue = [
                "citations": .array(citations.map(JSONValue.string)), "handoff_note": .null, "handoff_reason": .null,
                "kind": "answer", "language": "en", "resolved": false, "sentiment": "neutral", "text": .string(text),
            ]
            message = ["content": .string(String(decoding: form.serialized(), as: UTF8.self))]
        case .call(let name, let arguments):
            let function: JSONValue = [
                "name": .string(name), "arguments": .string(String(decoding: arguments.serialized(), as: UTF8.self)),
            ]
            message = ["tool_calls": [["index": 0, "id": "call_1", "type": "function", "function": function]]]
        }
        return body["stream"] == true ? Self.stream(message) : Self.whole(message)
    }

    private static func whole(_ message: JSONValue) -> WebhookResponse {
        .json(["model": "scripted", "choices": [["index": 0, "finish_reason": "stop", "message": message]]])
    }

    /// The reply in pieces of a few characters, as a model writes it.
    private static func stream(_ message: JSONValue) -> WebhookResponse {
        var deltas: [JSONValue] = []
        if let text = message["content"]?.string {
            var rest = text[...]
            while !rest.isEmpty {
                deltas.append(["content": .string(String(rest.prefix(7)))])
                rest = rest.dropFirst(7)
            }
        } else {
            deltas.append(message)
        }
        var body = ""
        for delta in deltas + [[:]] {
            let finish: JSONValue = delta == [:] ? "stop" : .null
            let chunk: JSONValue = [
                "model": "scripted", "choices": [["index": 0, "delta": delta, "finish_reason": finish]],
            ]
            body += "data: " + String(decoding: chunk.serialized(), as: UTF8.self) + "\n\n"
        }
        return WebhookResponse(
            status: 200, headers: [("content-type", "text/event-stream")], body: Array((body + "data: [DONE]\n\n").utf8)
        )
    }
}

extension JSONValue {
    /// What the conversation in a request ends with: the role and the text of its last message.
    var lastTurn: (role: String, text: String) {
        guard case .array(let messages)? = self["messages"], let last = messages.last else { return ("", "") }
        return (last["role"]?.string ?? "", last["content"]?.string ?? "")
    }
}
