internal import OpenCXCore

/// An operation's body as the document has it, schema and all.
struct DocumentBody {
    var format: BodyPlan.Format
    var contentType: String
    var schema: JSONValue
    var isRequired: Bool
    var encodings: [String: FormEncoding] = [:]
    var description: String?
}

/// Reads an operation's body.
struct BodyReader {
    let document: Document

    /// The body of an OpenAPI 3 operation.
    func body(
        of operation: JSONValue, at place: Pointer, _ schemas: inout SchemaReader
    ) throws(OpenAPIError) -> DocumentBody? {
        guard let request = operation["requestBody"] else { return nil }
        let (value, place) = try document.resolve(request, at: place.at("requestBody"))
        guard case .object(let content)? = value["content"], !content.isEmpty else {
            throw OpenAPIError(.invalidToolSchema, at: "\(place.at("content"))", "The body has no content type.")
        }
        let isRequired = value["required"] == true
        guard let (type, format) = MediaType.best(of: content.keys) else {
            if !isRequired { return nil }
            let types = content.keys.sorted().prefix(3).joined(separator: ", ")
            throw OpenAPIError(
                .unsupported, at: "\(place.at("content"))",
                "The body is \(types); supported are JSON, forms, multipart forms and plain text.")
        }
        let key = content[type] != nil ? type : content.keys.sorted().first { MediaType.format($0) == format } ?? type
        let media = content[key] ?? [:]
        let schema = try schemas.read(media["schema"] ?? [:], at: place.at("content", key, "schema"))
        var body = DocumentBody(
            format: format, contentType: type, schema: schema, isRequired: isRequired,
            description: value["description"]?.string)
        if format == .form || format == .multipart { body.encodings = encodings(media, schema, schemas) }
        return body
    }

    private func encodings(_ media: JSONValue, _ schema: JSONValue, _ schemas: SchemaReader) -> [String: FormEncoding] {
        var result: [String: FormEncoding] = [:]
        for (name, member) in SchemaShape(schema, schemas)?.members ?? [:] {
            result[name, default: FormEncoding()].isFile = Self.isFile(member, schemas)
        }
        guard case .object(let encodings)? = media["encoding"] else { return result }
        for (name, encoding) in encodings {
            result[name, default: FormEncoding()].contentType = encoding["contentType"]?.string
            if encoding["style"] != nil || encoding["explode"] != nil || encoding["allowReserved"] != nil {
                let kind = encoding["style"]?.string.flatMap(ParameterStyle.Kind.init) ?? .form
                result[name, default: FormEncoding()].style = ParameterStyle(
                    kind, explode: encoding["explode"].map { $0 == true } ?? (kind == .form || kind == .deepObject),
                    allowReserved: encoding["allowReserved"] == true)
            }
        }
        return result
    }

    private static func isFile(_ schema: JSONValue, _ schemas: SchemaReader) -> Bool {
        let schema = schemas.resolved(schema)
        return schema["format"] == "binary" || schema["contentEncoding"] != nil
    }

    /// The body of an OpenAPI 2 operation: its parameter in `body`, or those in `formData`.
    func bodyOfTwo(
        of operation: JSONValue, _ parameters: [DocumentParameter], at place: Pointer, _ schemas: inout SchemaReader
    ) throws(OpenAPIError) -> DocumentBody? {
        var types: [String] = []
        if case .array(let values)? = operation["consumes"] ?? document.root["consumes"] {
            types = values.compactMap(\.string)
        }
        let form = parameters.filter { $0.location == "formData" }
        if let body = parameters.first(where: { $0.location == "body" }) {
            guard form.isEmpty else {
                throw OpenAPIError(.invalidToolSchema, at: "\(place)", "A body and form data exclude each other.")
            }
            let best = types.isEmpty ? ("application/json", .json) : MediaType.best(of: types)
            guard let (type, format) = best else {
                throw OpenAPIError(
                    .unsupported, at: "\(place.at("consumes"))",
                    "The body is \(types.prefix(3).joined(separator: ", ")); supported are JSON, forms and plain text.")
            }
            guard let schema = body.value["schema"] else {
                throw OpenAPIError(.invalidToolSchema, at: "\(body.place)", "The body has no schema.")
            }
            return DocumentBody(
                format: format, contentType: type, schema: try schemas.read(schema, at: body.place.at("schema")),
                isRequired: body.value["required"] == true, description: body.value["description"]?.string)
        }
        return form.isEmpty ? nil : try self.form(form, types, &schemas)
    }

    private func form(
        _ parameters: [DocumentParameter], _ types: [String], _ schemas: inout SchemaReader
    ) throws(OpenAPIError) -> DocumentBody {
        let hasFile = parameters.contains { $0.value["type"] == "file" }
        let isMultipart =
            hasFile
            || types.contains { MediaType.format($0) == .multipart }
                && !types.contains { MediaType.format($0) == .form }
        var properties: [String: JSONValue] = [:]
        var required: [JSONValue] = []
        var encodings: [String: FormEncoding] = [:]
        for parameter in parameters {
            var schema = try schemas.read(ParameterReader.schemaOfTwo(parameter.value), at: parameter.place)
            if case .object(var keywords) = schema, let text = parameter.value["description"] {
                keywords["description"] = text
                schema = .object(keywords)
            }
            properties[parameter.name] = schema
            if parameter.value["required"] == true { required.append(.string(parameter.name)) }
            encodings[parameter.name] = FormEncoding(
                style: ParameterStyle(collectionFormat: parameter.value["collectionFormat"]?.string ?? "csv"),
                isFile: parameter.value["type"] == "file")
        }
        return DocumentBody(
            format: isMultipart ? .multipart : .form,
            contentType: isMultipart ? "multipart/form-data" : "application/x-www-form-urlencoded",
            schema: ["type": "object", "properties": .object(properties), "required": .array(required)],
            isRequired: !required.isEmpty, encodings: encodings)
    }
}
