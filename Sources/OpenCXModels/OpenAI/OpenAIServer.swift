public import OpenCXCore

/// A server that speaks OpenAI's API, and where it differs from OpenAI's own.
///
/// ```swift
/// OpenAIServer(apiKey: key)                                         // OpenAI
/// OpenAIServer(baseURL: "http://127.0.0.1:11434/v1", dialect: .compatible)  // Ollama, vLLM, llama.cpp
/// ```
public struct OpenAIServer: Sendable, Hashable {
    /// Where the API begins, `/v1` included.
    public var baseURL: String
    /// The key, sent as a bearer token; `nil` for servers that take none.
    public var apiKey: Secret?
    /// Headers that the server or a gateway wants besides: `OpenAI-Organization`, `OpenAI-Project`. They may hold credentials.
    public var headers: [String: Secret]
    /// What it understands.
    public var dialect: Dialect
    /// How long a reply may take, from the request to its last byte.
    public var timeout: Duration

    /// What a server understands of the API.
    public struct Dialect: Sendable, Hashable {
        /// How the limit of tokens is called.
        public var tokenLimit: TokenLimitName
        /// How structured answers are asked for.
        public var responseFormat: ResponseFormat
        /// Who gives the instructions.
        public var instructionRole: InstructionRole
        /// Whether tools may be marked `strict`: the model then cannot break their schema.
        public var strictTools: Bool
        /// Whether the server is told to call one tool at a time.
        public var sendsParallelToolCalls: Bool
        /// Whether the server is asked for the usage of a streamed reply.
        public var streamsUsage: Bool

        /// How the limit of tokens is called.
        public enum TokenLimitName: String, Sendable, Hashable {
            /// OpenAI's present name; reasoning models take no other.
            case maxCompletionTokens = "max_completion_tokens"
            /// The former name, which most other servers know.
            case maxTokens = "max_tokens"
        }

        /// How structured answers are asked for.
        public enum ResponseFormat: Sendable, Hashable {
            /// By a JSON Schema that the server enforces.
            case jsonSchema
            /// As any JSON object; the schema stands in the instructions.
            case jsonObject
            /// In words only; the schema stands in the instructions.
            case instructions
        }

        /// Who gives the instructions.
        public enum InstructionRole: String, Sendable, Hashable {
            /// OpenAI's present name.
            case developer
            /// The former name, which every server knows.
            case system
        }

        /// Makes a dialect from its parts.
        public init(
            tokenLimit: TokenLimitName, responseFormat: ResponseFormat, instructionRole: InstructionRole,
            strictTools: Bool, sendsParallelToolCalls: Bool, streamsUsage: Bool
        ) {
            self.tokenLimit = tokenLimit
            self.responseFormat = responseFormat
            self.instructionRole = instructionRole
            self.strictTools = strictTools
            self.sendsParallelToolCalls = sendsParallelToolCalls
            self.streamsUsage = streamsUsage
        }

        /// OpenAI's own server.
        public static let openAI = Dialect(
            tokenLimit: .maxCompletionTokens, responseFormat: .jsonSchema, instructionRole: .developer,
            strictTools: true, sendsParallelToolCalls: true, streamsUsage: true)

        /// What vLLM, Ollama, llama.cpp and most gateways understand.
        public static let compatible = Dialect(
            tokenLimit: .maxTokens, responseFormat: .jsonSchema, instructionRole: .system, strictTools: false,
            sendsParallelToolCalls: false, streamsUsage: true)
    }

    /// Names a server.
    ///
    /// - Parameters:
    ///   - baseURL: where the API begins, `/v1` included.
    ///   - apiKey: the key.
    ///   - headers: what else to send.
    ///   - dialect: what the server understands.
    ///   - timeout: how long a reply may take.
    public init(
        baseURL: String = "https://api.openai.com/v1", apiKey: Secret? = nil, headers: [String: Secret] = [:],
        dialect: Dialect = .openAI, timeout: Duration = .seconds(60)
    ) {
        self.baseURL = baseURL.last == "/" ? String(baseURL.dropLast()) : baseURL
        self.apiKey = apiKey
        self.headers = headers
        self.dialect = dialect
        self.timeout = timeout
    }

    func request(_ path: StaticString, body: [UInt8], streams: Bool) -> HTTPRequest {
        var fields: [(name: String, value: String)] = [
            ("content-type", "application/json"), ("accept", streams ? "text/event-stream" : "application/json"),
        ]
        if let apiKey { fields.append(("authorization", "Bearer \(apiKey.reveal())")) }
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { fields.append((name, value.reveal())) }
        return HTTPRequest(
            method: "POST", url: baseURL + "\(path)", headers: fields, body: body, firstByteTimeout: timeout,
            timeout: timeout)
    }
}
