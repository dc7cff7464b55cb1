public import OpenCXCore

/// An embedder behind OpenAI's embeddings, at OpenAI or at any server that speaks them.
///
/// Asks once; wrap it in a `RetryingEmbedder` to have failures that pass tried again.
public struct OpenAIEmbedder: Embedder {
    /// The model's name, as the server knows it; with the number of dimensions where one was chosen.
    public let name: String
    private let model: String
    private let dimensions: Int?
    private let server: OpenAIServer
    private let http: any HTTPClient

    /// How many texts go into one request: what OpenAI takes at most.
    static let batchLimit = 2048

    /// Names a model on a server.
    ///
    /// - Parameters:
    ///   - model: the model, as the server knows it.
    ///   - dimensions: how long the vectors are to be; `nil` for the model's own length.
    ///   - server: where it runs.
    ///   - http: who makes the requests.
    public init(_ model: String, dimensions: Int? = nil, on server: OpenAIServer, http: any HTTPClient) {
        self.model = model
        self.dimensions = dimensions
        self.server = server
        self.http = http
        name = dimensions.map { "\(model)/\($0)" } ?? model
    }

    /// See `Embedder.embed(_:)`.
    public func embed(_ texts: [RedactedText]) async throws -> [[Float]] {
        var vectors: [[Float]] = []
        var rest = texts[...]
        while !rest.isEmpty {
            vectors += try await batch(rest.prefix(Self.batchLimit))
            rest = rest.dropFirst(Self.batchLimit)
        }
        guard Set(vectors.map(\.count)).count <= 1 else {
            throw ModelError(.malformed, "\(OpenAIFailure.vendor) sent vectors of different lengths.")
        }
        return vectors
    }

    private func batch(_ texts: ArraySlice<RedactedText>) async throws -> [[Float]] {
        var body = JSONWriter(capacity: 256 + texts.reduce(0) { $0 + $1.text.utf8.count })
        body.object { body in
            body.member("model", model)
            body.name("input")
            // The API refuses empty texts.
            body.array { body in for text in texts { body.string(text.isEmpty ? " " : text.text) } }
            body.member("encoding_format", "float")
            if let dimensions { body.member("dimensions", dimensions) }
        }
        var request = server.request("/embeddings", body: body.bytes, streams: false)
        // A thousand vectors of 3,072 numbers.
        request.responseLimit = 64 << 20
        let response: HTTPResponse
        do { response = try await http.send(request) } catch let error as HTTPClientError {
            throw ModelError(error, from: OpenAIFailure.vendor)
        }
        guard response.status == 200 else { throw OpenAIFailure.error(response.status, response.header, response.body) }
        return try Self.vectors(response.body, count: texts.count)
    }

    private static func vectors(_ body: [UInt8], count: Int) throws -> [[Float]] {
        let problem = ModelError(.malformed, "\(OpenAIFailure.vendor) sent no vectors, or not one for each text.")
        guard let json = try? JSONValue(parsing: body), case .array(let data) = json["data"], data.count == count else {
            throw problem
        }
        var vectors = [[Float]?](repeating: nil, count: count)
        for (place, entry) in data.enumerated() {
            guard case .array(let numbers) = entry["embedding"], !numbers.isEmpty else { throw problem }
            let index: Int
            if case .integer(let given) = entry["index"] { index = Int(clamping: given) } else { index = place }
            guard vectors.indices.contains(index), vectors[index] == nil else { throw problem }
            vectors[index] = try numbers.map { number in
                switch number {
                case .integer(let value): Float(value)
                case .number(let value): Float(value)
                default: throw problem
                }
            }
        }
        return vectors.compactMap { $0 }
    }
}
