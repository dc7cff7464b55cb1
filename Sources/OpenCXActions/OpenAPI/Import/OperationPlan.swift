internal import OpenCXCore

/// An operation that can be called: the action, and how its arguments become a request.
struct OperationPlan: Sendable {
    var definition: ActionDefinition
    var operationID: String?
    var method: String
    /// The path as the document has it: `/orders/{id}`.
    var path: String
    /// Scheme, host and the path in front, without a slash at the end.
    var base: String
    var parameters: [ParameterPlan]
    var body: BodyPlan?
    var authorization: Authorization
    /// The header that takes the idempotency key.
    var idempotencyHeader = "Idempotency-Key"
}

/// How an argument becomes part of the address or a header.
struct ParameterPlan: Sendable {
    enum Location: String, Sendable {
        case path, query, header, cookie
    }

    /// The action's name for it.
    var argument: String
    /// The document's.
    var name: String
    var location: Location
    var style: ParameterStyle
    /// Whether it is sent as JSON in one piece (`content` in place of `schema`).
    var isJSON = false
}

/// How arguments become a body.
struct BodyPlan: Sendable {
    enum Format: Sendable, Hashable {
        case json, form, multipart, text
    }

    var format: Format
    var contentType: String
    /// Arguments that are members of the body, or one that is the body as a whole.
    var content: Content
    /// Arguments bound by the platform that belong inside: their place in the body.
    var bound: [(argument: String, path: [String])] = []
    var isRequired: Bool
    /// How members of forms are written, by their names.
    var encodings: [String: FormEncoding] = [:]

    enum Content: Sendable {
        case members([Member])
        case whole(argument: String)
    }

    struct Member: Sendable {
        var argument: String
        var name: String
        var isRequired: Bool
    }
}

/// How a member of a form is written.
struct FormEncoding: Sendable {
    var style: ParameterStyle?
    var contentType: String?
    var isFile = false
}

/// Proof of who calls, as it goes into a request.
struct Authorization: Sendable {
    var headers: [(name: String, value: Secret)] = []
    var query: [(name: String, value: Secret)] = []
    var cookies: [(name: String, value: Secret)] = []
}
