internal import OpenCXCore

/// The API's OpenAPI 3.1 document, out of the table that requests are answered from.
struct OpenAPIDocument {
    var endpoints: [Endpoint]
    var definitions: [String: JSONValue]

    var value: JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        for endpoint in endpoints { paths[endpoint.path.text, default: [:]][endpoint.key] = operation(endpoint) }
        let groups = endpoints.map(\.group).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "OpenCX", "version": "1.0-beta",
                "description": """
                Programs' way to contacts, sessions and settings of an OpenCX agent. Texts are redacted: placeholders \
                such as [EMAIL_1] stand for personal data. Each key may ask 100 times a minute.
                """,
            ],
            "servers": [["url": "/"]],
            "security": [["apiKey": []]],
            "tags": .array(groups.map { ["name": .string($0)] }),
            "paths": .object(paths.mapValues { .object($0) }),
            "components": [
                "securitySchemes": [
                    "apiKey": [
                        "type": "http", "scheme": "bearer",
                        "description": "An API key, ocx_live_ and 64 hexadecimal digits.",
                    ]
                ],
                "schemas": .object(definitions.mapValues(Self.published)),
            ],
        ]
    }

    private func operation(_ endpoint: Endpoint) -> JSONValue {
        var operation: [String: JSONValue] = [
            "operationId": .string(endpoint.id), "summary": .string(endpoint.summary),
            "tags": [.string(endpoint.group)],
            "description": .string(
                (endpoint.details.isEmpty ? "" : endpoint.details + "\n\n") + "Scope: `\(endpoint.scope)`."),
            "parameters": .array(parameters(endpoint)), "responses": .object(responses(endpoint)),
        ]
        if let body = endpoint.body {
            operation["requestBody"] = [
                "required": true, "content": ["application/json": ["schema": Self.published(body)]],
            ]
        }
        return .object(operation)
    }

    private func parameters(_ endpoint: Endpoint) -> [JSONValue] {
        var all = endpoint.path.parameters.map { name -> JSONValue in
            [
                "name": .string(name), "in": "path", "required": true,
                "schema": ["type": "string", "minLength": 1, "maxLength": 200],
            ]
        }
        all += endpoint.query.map { parameter -> JSONValue in
            [
                "name": .string(parameter.name), "in": "query", "required": .bool(parameter.isRequired),
                "description": .string(parameter.description), "schema": Self.published(parameter.schema),
            ]
        }
        if endpoint.takesIdempotencyKey {
            all.append([
                "name": "Idempotency-Key", "in": "header", "required": false,
                "description": """
                The same for each try of the same request: it is carried out once, and answered the same for 24 hours.
                """,
                "schema": ["type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"],
            ])
        }
        return all
    }

    private func responses(_ endpoint: Endpoint) -> [String: JSONValue] {
        var responses: [String: JSONValue] = [:]
        for success in endpoint.success {
            responses[String(success.status)] = [
                "description": .string(success.description), "headers": Self.limitHeaders,
                "content": ["application/json": ["schema": Self.published(success.schema)]],
            ]
        }
        for status in endpoint.allFailures {
            var response: [String: JSONValue] = ["description": .string(APIFailure.reason(status))]
            // What the HTTP server refuses by itself has a body of its own form.
            if ![414, 431].contains(status) {
                response["content"] = ["application/json": ["schema": ["$ref": "#/components/schemas/Error"]]]
            }
            if status == 429 { response["headers"] = Self.limitHeaders }
            responses[String(status)] = .object(response)
        }
        return responses
    }

    private static let limitHeaders: JSONValue = [
        "RateLimit-Limit": ["description": "How often the key may ask at once.", "schema": ["type": "integer"]],
        "RateLimit-Remaining": ["description": "How often more.", "schema": ["type": "integer"]],
        "RateLimit-Reset": [
            "description": "In how many seconds all of it is there again.", "schema": ["type": "integer"],
        ],
    ]

    /// A schema as the document has it: what stands under `$defs` for the checker stands under `components` there.
    private static func published(_ schema: JSONValue) -> JSONValue {
        switch schema {
        case .array(let items): return .array(items.map(published))
        case .object(let members):
            return .object(
                members.reduce(into: [:]) { out, member in
                    if member.key == "$ref", let target = member.value.string, target.hasPrefix("#/$defs/") {
                        out[member.key] = .string("#/components/schemas/" + target.dropFirst(8))
                    } else {
                        out[member.key] = published(member.value)
                    }
                })
        default: return schema
        }
    }
}

extension Endpoint {
    /// What the document calls the method.
    fileprivate var key: String { method.rawValue.lowercased() }
}
