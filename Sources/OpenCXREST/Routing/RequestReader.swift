internal import OpenCXCore

/// Reads a request as its operation wants it, and says which field is wrong where it is not.
struct RequestReader {
    let endpoint: Endpoint
    let definitions: [String: JSONValue]
    /// No body is longer.
    static let bodyLimit = 1_000_000

    func call(_ request: WebhookRequest, path: [String: String]) throws(APIFailure) -> Call {
        var call = Call(path: path)
        if let long = path.first(where: { $0.value.utf8.count > 200 })?.key {
            throw APIFailure(404, "There is nothing with such a long \"\(long)\".")
        }
        call.query = try query(request)
        if let schema = endpoint.body { call.body = try body(request, schema) }
        return call
    }

    private func query(_ request: WebhookRequest) throws(APIFailure) -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
        for (name, value) in request.query {
            guard let parameter = endpoint.query.first(where: { $0.name == name }) else {
                // What nobody asks for is told: most of it is misspelt, and a filter that does nothing looks like one that does.
                throw APIFailure(400, "There is no parameter of this name in the query; see /openapi.json.")
            }
            guard values[name] == nil else { throw APIFailure(400, "\"\(name)\" is given twice.") }
            let checked = JSONSchema(parameter.schema, definitions: definitions).check(
                .string(value), name: "\"\(name)\"")
            try Self.refuse(checked.violations)
            values[name] = checked.value
        }
        for parameter in endpoint.query where values[parameter.name] == nil {
            if parameter.isRequired { throw APIFailure(400, "\"\(parameter.name)\" is missing from the query.") }
            values[parameter.name] = parameter.schema["default"]
        }
        return values
    }

    private func body(_ request: WebhookRequest, _ schema: JSONValue) throws(APIFailure) -> JSONValue {
        let type = request.header("content-type")?.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        guard type == "application/json" else {
            throw APIFailure(415, "The body must be JSON, with the content type application/json.")
        }
        guard request.body.count <= Self.bodyLimit else {
            throw APIFailure(413, "The body has more than \(Self.bodyLimit) bytes.")
        }
        let value: JSONValue
        do { value = try JSONValue(parsing: request.body) } catch {
            // The parser names a place and never what stands there.
            throw APIFailure(400, "The body is no valid JSON: \(error).")
        }
        let (checked, violations) = JSONSchema(schema, definitions: definitions)
            .check(value, name: "", coerces: false)
        try Self.refuse(violations)
        return checked
    }

    private static func refuse(_ violations: [SchemaViolation]) throws(APIFailure) {
        if violations.isEmpty { return }
        let all = violations.map { violation in
            (violation.place.isEmpty ? "The body" : "\(violation.place)") + " " + violation.message
        }
        throw APIFailure(400, all.joined(separator: "; ") + ".")
    }
}
