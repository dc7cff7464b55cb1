import OpenCXCore
import OpenCXOpenAI
import OpenCXTesting
import Testing

struct OpenAIEmbedderTests {
    private func embedder(_ http: ScriptedHTTP, dimensions: Int? = nil) -> OpenAIEmbedder {
        OpenAIEmbedder("embed", dimensions: dimensions, on: OpenAIServer(baseURL: "http://m/v1"), http: http)
    }

    @Test func `vectors come in the order of the texts`() async throws {
        let http = ScriptedHTTP(
            answers: .init(#"{"data":[{"index":1,"embedding":[0,1]},{"index":0,"embedding":[0.5,-2]}]}"#))
        #expect(try await embedder(http, dimensions: 2).embed(["a", ""]) == [[0.5, -2], [0, 1]])
        #expect(
            try JSONValue(parsing: http.requests[0].body) == [
                "model": "embed", "input": ["a", " "], "encoding_format": "float", "dimensions": 2,
            ])
    }

    @Test func `many texts go in several requests, none in none`() async throws {
        let http = ScriptedHTTP { request in
            guard case .array(let input) = try JSONValue(parsing: request.body)["input"] else { return .init("") }
            let data = input.indices.map { #"{"index":\#($0),"embedding":[\#($0)]}"# }
            return .init(#"{"data":[\#(data.joined(separator: ","))]}"#)
        }
        let vectors = try await embedder(http).embed(Array(repeating: "a", count: 2050))
        #expect(vectors.count == 2050 && vectors[2049] == [1] && http.requests.count == 2)
        #expect(try await embedder(http).embed([]).isEmpty && http.requests.count == 2)
    }

    @Test(arguments: [
        "", "{}", #"{"data":[]}"#, #"{"data":[{"index":0,"embedding":[]}]}"#,
        #"{"data":[{"index":5,"embedding":[1]}]}"#, #"{"data":[{"index":0,"embedding":["x"]}]}"#,
    ])
    func `vectors that are not there are a failure`(body: String) async throws {
        let error = await #expect(throws: ModelError.self) {
            try await embedder(ScriptedHTTP(answers: .init(body))).embed(["a"])
        }
        #expect(error?.code == .malformed)
    }
}
