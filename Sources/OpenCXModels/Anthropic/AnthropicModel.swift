public import OpenCXCore

/// A language model behind Anthropic's Messages.
///
/// Structured answers are asked for as a tool that the model must call. Asks once; wrap it in a `RetryingModel` to have failures
/// that pass tried again.
public struct AnthropicModel: LanguageModel {
    /// The model's name, as Anthropic knows it.
    public let name: String
    private let server: AnthropicServer
    private let http: any HTTPClient

    /// Names a model.
    ///
    /// - Parameters:
    ///   - name: the model, as Anthropic knows it.
    ///   - server: where it runs.
    ///   - http: who makes the requests.
    public init(_ name: String, on server: AnthropicServer, http: any HTTPClient) {
        self.name = name
        self.server = server
        self.http = http
    }

    /// See `LanguageModel.complete(_:)`.
    public func complete(_ prompt: Prompt) async throws -> ModelReply {
        let request = MessagesRequest(prompt, model: name, streams: false)
        let response = try await exchange { try await http.send(server.request(body: request.bytes, streams: false)) }
        guard response.status == 200 else {
            throw AnthropicFailure.error(response.status, response.header, response.body)
        }
        return try MessagesResponse.reply(response.body, model: name, formName: request.formName)
    }

    /// See `LanguageModel.stream(_:)`.
    public func stream(_ prompt: Prompt) async throws -> ModelStream {
        let request = MessagesRequest(prompt, model: name, streams: true)
        let response = try await exchange { try await http.open(server.request(body: request.bytes, streams: true)) }
        guard response.status == 200 else {
            let body = try await exchange { try await response.firstBytes(64 << 10) }
            throw AnthropicFailure.error(response.status, response.header, body)
        }
        return SSEModelStream(
            response.body, vendor: AnthropicFailure.vendor,
            MessagesStreamReader(model: name, formName: request.formName))
    }

    private func exchange<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as HTTPClientError {
            throw ModelError(error, from: AnthropicFailure.vendor)
        }
    }
}
