public import OpenCXCore

/// A language model behind OpenAI's Chat Completions, at OpenAI or at any server that speaks it.
///
/// Asks once; wrap it in a `RetryingModel` to have failures that pass tried again.
public struct OpenAIModel: LanguageModel {
    /// The model's name, as the server knows it.
    public let name: String
    private let server: OpenAIServer
    private let http: any HTTPClient

    /// Names a model on a server.
    ///
    /// - Parameters:
    ///   - name: the model, as the server knows it.
    ///   - server: where it runs.
    ///   - http: who makes the requests.
    public init(_ name: String, on server: OpenAIServer, http: any HTTPClient) {
        self.name = name
        self.server = server
        self.http = http
    }

    /// See `LanguageModel.complete(_:)`.
    public func complete(_ prompt: Prompt) async throws -> ModelReply {
        let body = ChatRequest(prompt, model: name, dialect: server.dialect, streams: false).bytes
        let response = try await exchange {
            try await http.send(server.request("/chat/completions", body: body, streams: false))
        }
        guard response.status == 200 else { throw OpenAIFailure.error(response.status, response.header, response.body) }
        return try ChatResponse.reply(response.body, model: name)
    }

    /// See `LanguageModel.stream(_:)`.
    public func stream(_ prompt: Prompt) async throws -> ModelStream {
        let body = ChatRequest(prompt, model: name, dialect: server.dialect, streams: true).bytes
        let response = try await exchange {
            try await http.open(server.request("/chat/completions", body: body, streams: true))
        }
        guard response.status == 200 else {
            let body = try await exchange { try await response.firstBytes(64 << 10) }
            throw OpenAIFailure.error(response.status, response.header, body)
        }
        return SSEModelStream(response.body, vendor: OpenAIFailure.vendor, ChatStreamReader(model: name))
    }

    private func exchange<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as HTTPClientError {
            throw ModelError(error, from: OpenAIFailure.vendor)
        }
    }
}
