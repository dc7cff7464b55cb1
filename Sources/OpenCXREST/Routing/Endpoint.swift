internal import OpenCXAccess
internal import OpenCXCore

/// One operation of the API: what its document says, and what it does. Both come from here, so they cannot differ.
struct Endpoint: Sendable {
    enum Method: String { case get = "GET", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE" }

    /// Names the operation in the document.
    var id: String
    var method: Method
    var path: PathTemplate
    /// The group it stands under in the document.
    var group: String
    var summary: String
    var details: String = ""
    /// What a key must be good for.
    var scope: APIScope
    var query: [QueryParameter] = []
    /// The schema of the body; `nil` where there is none.
    var body: JSONValue?
    /// What a request that was carried out is answered.
    var success: [Success]
    /// Failures besides those that every operation knows.
    var failures: Set<Int> = []
    var perform: @Sendable (Call) async throws -> Reply

    struct Success: Sendable {
        var status: Int
        var description: String
        var schema: JSONValue
    }

    /// Whether an idempotency key means something here.
    var takesIdempotencyKey: Bool { method != .get }

    /// Every failure that the document has to name. 414 and 431 are the HTTP server's own, before a request gets here.
    var allFailures: [Int] {
        var all: Set<Int> = [400, 401, 403, 414, 429, 431, 503]
        if !path.parameters.isEmpty { all.insert(404) }
        if body != nil { all.formUnion([413, 415]) }
        if takesIdempotencyKey { all.formUnion([409, 422]) }
        if query.contains(where: { $0.name == "cursor" }) { all.insert(422) }
        return all.union(failures).sorted()
    }
}

/// A parameter in the query.
struct QueryParameter: Sendable {
    var name: String
    var description: String
    var schema: JSONValue
    var isRequired = false

    init(_ name: String, _ schema: JSONValue, _ description: String, isRequired: Bool = false) {
        self.name = name
        self.schema = schema
        self.description = description
        self.isRequired = isRequired
    }

    static let cursor = QueryParameter(
        "cursor", ["type": "string", "minLength": 1, "maxLength": 500], "Where to go on: `next` of the page before.")
    static let limit = QueryParameter(
        "limit", ["type": "integer", "minimum": 1, "maximum": 100, "default": 25], "How many items a page has at most.")
}

/// A path with places for parameters: `/contacts/{id}`.
struct PathTemplate: Sendable, Hashable, ExpressibleByStringLiteral {
    let text: String
    private let parts: [Substring]

    init(stringLiteral text: String) {
        self.text = text
        parts = text.split(separator: "/", omittingEmptySubsequences: false)
    }

    var parameters: [String] { parts.compactMap { Self.parameter($0) } }

    /// How many parts stand as they are: of two templates that match, the one with more of them is meant.
    var fixedParts: Int { parts.count { Self.parameter($0) == nil } }

    /// What a path has in the places of the parameters; `nil` when it is another path.
    func match(_ path: String) -> [String: String]? {
        let given = path.split(separator: "/", omittingEmptySubsequences: false)
        guard given.count == parts.count else { return nil }
        var values: [String: String] = [:]
        for (part, value) in zip(parts, given) {
            if let name = Self.parameter(part) {
                guard !value.isEmpty else { return nil }
                values[name] = String(value)
            } else if part != value {
                return nil
            }
        }
        return values
    }

    private static func parameter(_ part: Substring) -> String? {
        part.hasPrefix("{") && part.hasSuffix("}") ? String(part.dropFirst().dropLast()) : nil
    }
}
