internal import OpenCXCore

/// Checks the frame of a document: what holds for it as a whole, before any operation is looked at.
enum DocumentCheck {
    static func check(_ root: JSONValue, _ version: Document.Version) throws(OpenAPIError) {
        let schema = JSONSchema(
            version.isTwo ? FrameSchema.two : version.isThreeOne ? FrameSchema.threeOne : FrameSchema.three)
        if let violation = schema.check(root, coerces: false).violations.first {
            throw OpenAPIError(
                .failedToParseSpec, at: pointer(violation.place),
                "The document is no valid OpenAPI \(version.text): \(violation.description).")
        }
        var walk = ReferenceWalk()
        try walk.check(root, isMapOfNames: false)
    }

    /// `info.license` as a JSON pointer.
    private static func pointer(_ place: String) -> String {
        let steps = place.split { ".[]".contains($0) }.filter { $0 != "*" }
        return steps.map { "/\($0)" }.joined()
    }
}

/// Looks for references that are no texts, wherever they stand.
private struct ReferenceWalk {
    private static let namedMaps: Set<String> = [
        "properties", "patternProperties", "definitions", "$defs", "dependentSchemas", "schemas", "responses",
        "parameters", "examples", "requestBodies", "headers", "securitySchemes", "links", "callbacks", "pathItems",
        "paths", "webhooks", "content", "encoding", "variables", "mapping", "scopes",
    ]
    private static let opaque: Set<String> = ["example", "examples", "default", "enum", "const", "value"]

    private var place: [String] = []

    mutating func check(_ value: JSONValue, isMapOfNames: Bool) throws(OpenAPIError) {
        switch value {
        case .array(let items):
            for (index, item) in items.enumerated() {
                try check(item, under: "\(index)", isMapOfNames: false)
            }
        case .object(let members):
            if !isMapOfNames, let reference = members["$ref"], reference.string == nil {
                let here = Pointer(names: place).at("$ref")
                throw OpenAPIError(.failedToParseSpec, at: "\(here)", "A reference must be a text.")
            }
            for (name, member) in members {
                if !isMapOfNames, Self.opaque.contains(name) || name.hasPrefix("x-") { continue }
                try check(member, under: name, isMapOfNames: !isMapOfNames && Self.namedMaps.contains(name))
            }
        case .null, .bool, .integer, .number, .string: return
        }
    }

    private mutating func check(_ value: JSONValue, under name: String, isMapOfNames: Bool) throws(OpenAPIError) {
        switch value {
        case .array, .object:
            place.append(name)
            try check(value, isMapOfNames: isMapOfNames)
            place.removeLast()
        case .null, .bool, .integer, .number, .string: return
        }
    }
}

/// The frame of a document as JSON Schema.
private enum FrameSchema {
    static let two = schema(
        required: ["info", "paths"], info: info(more: [:]), license: license(more: [:]),
        more: [
            "host": text, "basePath": text, "schemes": ["type": "array", "items": text],
            "definitions": object, "parameters": object, "responses": object, "securityDefinitions": object,
            "consumes": ["type": "array", "items": text], "produces": ["type": "array", "items": text],
        ])
    static let three = schema(
        required: ["info", "paths"], info: info(more: [:]), license: license(more: [:]),
        more: ["servers": servers, "components": components])
    static let threeOne: JSONValue = {
        let frame = schema(
            required: ["info"], info: info(more: ["summary": text]), license: license(more: ["identifier": text]),
            more: ["servers": servers, "components": components, "webhooks": object, "jsonSchemaDialect": text])
        return [
            "allOf": [frame],
            "anyOf": [["required": ["paths"]], ["required": ["components"]], ["required": ["webhooks"]]],
            "$defs": frame["$defs"] ?? [:],
        ]
    }()

    private static let text: JSONValue = ["type": "string"]
    private static let object: JSONValue = ["type": "object"]

    /// Members that the standard does not know do no harm: many documents have some.
    private static func members(_ properties: [String: JSONValue], required: JSONValue = []) -> JSONValue {
        ["type": "object", "properties": .object(properties), "required": required]
    }

    private static func info(more: [String: JSONValue]) -> JSONValue {
        // Many write `version: 1.0` without quotes, which makes it a number.
        let properties: [String: JSONValue] = [
            "title": text, "version": ["type": ["string", "number"]], "description": text, "termsOfService": text,
            "contact": ["$ref": "#/$defs/contact"], "license": ["$ref": "#/$defs/license"],
        ]
        return members(properties.merging(more) { $1 }, required: ["title", "version"])
    }

    private static func license(more: [String: JSONValue]) -> JSONValue {
        members((["name": text, "url": text] as [String: JSONValue]).merging(more) { $1 }, required: ["name"])
    }

    private static let contact = members([
        "name": text, "url": text, "email": ["type": "string", "format": "email"],
    ])
    private static let externalDocs = members(["url": text, "description": text], required: ["url"])
    private static let tag = members(
        ["name": text, "description": text, "externalDocs": ["$ref": "#/$defs/externalDocs"]], required: ["name"])
    private static let servers: JSONValue = [
        "type": "array",
        "items": members(
            [
                "url": text, "description": text,
                "variables": ["type": "object", "additionalProperties": ["$ref": "#/$defs/variable"]],
            ], required: ["url"]),
    ]
    private static let variable = members(
        ["default": text, "description": text, "enum": ["type": "array", "items": text, "minItems": 1]],
        required: ["default"])
    private static let components: JSONValue = [
        "type": "object",
        "properties": [
            "schemas": ["type": "object"], "parameters": ["type": "object"], "requestBodies": ["type": "object"],
            "securitySchemes": ["type": "object", "additionalProperties": ["$ref": "#/$defs/securityScheme"]],
        ],
    ]
    private static let securityScheme: JSONValue = [
        "type": "object",
        "properties": [
            "type": text, "description": text, "name": text, "in": ["enum": ["header", "query", "cookie"]],
            "scheme": text, "flows": object, "openIdConnectUrl": text,
        ],
    ]

    private static func schema(
        required: JSONValue, info: JSONValue, license: JSONValue, more: [String: JSONValue]
    ) -> JSONValue {
        let properties: [String: JSONValue] = [
            "info": info, "paths": object, "security": ["type": "array", "items": object],
            "tags": ["type": "array", "items": ["$ref": "#/$defs/tag"]],
            "externalDocs": ["$ref": "#/$defs/externalDocs"],
        ]
        return [
            "type": "object", "required": required, "properties": .object(properties.merging(more) { $1 }),
            "$defs": [
                "contact": contact, "license": license, "externalDocs": externalDocs, "tag": tag,
                "variable": variable, "securityScheme": securityScheme,
            ],
        ]
    }
}
