internal import OpenCXCore

/// HubSpot's REST API: JSON both ways, with a bearer token. One call is one request; who calls decides what a failure
/// means.
struct HubSpotAPI: Sendable {
    let baseURL: String
    let http: any HTTPClient
    let tokens: HubSpotTokens

    /// Sends a request and reads the answer; an empty one is `null`.
    ///
    /// - Throws: ``HubSpotFailure``, or `CancellationError`.
    func send(
        _ method: String, _ path: [String], query: [(name: String, value: String)] = [], body: JSONValue? = nil,
        for purpose: HubSpotPurpose
    ) async throws -> JSONValue {
        let token = try await tokens.token()
        var headers = [("authorization", "Bearer " + token.reveal()), ("accept", "application/json")]
        if body != nil { headers.append(("content-type", "application/json")) }
        let address = baseURL + path.map { "/" + Self.encoded($0) }.joined()
        let parameters = String(decoding: FormFields.encoded(query), as: UTF8.self)
        let request = HTTPRequest(
            method: method, url: parameters.isEmpty ? address : address + "?" + parameters, headers: headers,
            body: body?.serialized() ?? [], timeout: .seconds(30), responseLimit: 8 << 20)
        let response: HTTPResponse
        do {
            response = try await http.send(request)
        } catch let error as HTTPClientError {
            throw HubSpotFailure(.unreachable(error.message), purpose)
        }
        if response.status == 401 { tokens.forget(token) }
        guard (200..<300).contains(response.status) else { throw HubSpotFailure(response, purpose) }
        if response.body.isEmpty { return .null }
        // It may have done what it was asked: the next try looks.
        guard let answer = try? JSONValue(parsing: response.body) else {
            throw HubSpotFailure(.unreachable("The answer cannot be read."), purpose)
        }
        return answer
    }

    /// A segment of a path. Ids come from outside: whatever they hold, they name one thing.
    private static func encoded(_ segment: String) -> String {
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        var result = String.UnicodeScalarView()
        for byte in segment.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "@"):
                result.append(Unicode.Scalar(byte))
            default: result.append(contentsOf: ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
        // A segment of dots would climb.
        let text = String(result)
        return text == "." || text == ".." ? "%2E" : text
    }
}
