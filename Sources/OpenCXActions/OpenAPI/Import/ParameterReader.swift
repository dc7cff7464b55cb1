internal import OpenCXCore

/// A parameter as the document has it, references followed.
struct DocumentParameter {
    var name: String
    var location: String
    var value: JSONValue
    var place: Pointer
}

/// Reads an operation's parameters.
struct ParameterReader {
    let document: Document

    /// The parameters of an operation: its own, and those of its path that it does not replace.
    func parameters(
        of operation: JSONValue, in item: JSONValue, at place: Pointer, itemPlace: Pointer
    ) throws(OpenAPIError) -> [DocumentParameter] {
        let own = try list(operation["parameters"], at: place.at("parameters"))
        let shared = try list(item["parameters"], at: itemPlace.at("parameters"))
        return own
            + shared.filter { other in
                !own.contains { $0.name == other.name && $0.location == other.location }
            }
    }

    private func list(_ value: JSONValue?, at place: Pointer) throws(OpenAPIError) -> [DocumentParameter] {
        guard let value else { return [] }
        guard case .array(let items) = value else {
            throw OpenAPIError(.invalidToolSchema, at: "\(place)", "A list of parameters is expected.")
        }
        var result: [DocumentParameter] = []
        for (index, item) in items.enumerated() {
            let (value, place) = try document.resolve(item, at: place.at(index))
            guard let name = value["name"]?.string, !name.isEmpty, let location = value["in"]?.string else {
                throw OpenAPIError(.invalidToolSchema, at: "\(place)", "The parameter must have a `name` and an `in`.")
            }
            if result.contains(where: { $0.name == name && $0.location == location }) {
                throw OpenAPIError(.invalidToolSchema, at: "\(place)", "The parameter is listed twice.")
            }
            for flag in ["required", "deprecated", "explode", "allowReserved"] {
                if let value = value[flag], value != true, value != false {
                    throw OpenAPIError(.invalidToolSchema, at: "\(place.at(flag))", "It must be true or false.")
                }
            }
            result.append(DocumentParameter(name: name, location: location, value: value, place: place))
        }
        return result
    }

    /// How a parameter outside of the body is written, and its schema; `nil` for those that OpenAPI says to pass over.
    func plan(
        _ parameter: DocumentParameter, _ schemas: inout SchemaReader
    ) throws(OpenAPIError) -> (plan: ParameterPlan, schema: JSONValue)? {
        let place = parameter.place
        guard let location = ParameterPlan.Location(rawValue: parameter.location) else {
            throw OpenAPIError(
                .invalidToolSchema, at: "\(place.at("in"))",
                "A parameter is in path, query, header or cookie\(document.version.isTwo ? ", body or formData" : "").")
        }
        if location == .header || location == .cookie { try checkName(parameter, location) }
        if location == .header, ["accept", "content-type", "authorization"].contains(parameter.name.lowercased()) {
            return nil
        }
        if location == .path, parameter.value["required"] != true {
            throw OpenAPIError(.invalidToolSchema, at: "\(place)", "A parameter in the path must be required.")
        }
        var plan = ParameterPlan(
            argument: "", name: parameter.name, location: location,
            style: try style(parameter, location), isJSON: false)
        if document.version.isTwo {
            return (plan, try schemas.read(Self.schemaOfTwo(parameter.value), at: place))
        }
        if case .object(let content)? = parameter.value["content"] {
            guard content.count == 1, let (type, media) = content.first else {
                throw OpenAPIError(
                    .invalidToolSchema, at: "\(place.at("content"))", "Exactly one content type is expected.")
            }
            plan.isJSON = MediaType.isJSON(type)
            return (plan, try schemas.read(media["schema"] ?? [:], at: place.at("content", type, "schema")))
        }
        guard let schema = parameter.value["schema"] else {
            throw OpenAPIError(.invalidToolSchema, at: "\(place)", "The parameter has neither `schema` nor `content`.")
        }
        return (plan, try schemas.read(schema, at: place.at("schema")))
    }

    private func checkName(_ parameter: DocumentParameter, _ location: ParameterPlan.Location) throws(OpenAPIError) {
        let place = parameter.place.at("name")
        guard HeaderName.isValid(parameter.name) else {
            throw OpenAPIError(.invalidToolSchema, at: "\(place)", "This is no name for a \(location).")
        }
        let taken: Set = ["host", "content-length", "transfer-encoding", "connection", "cookie", "upgrade", "te"]
        if location == .header, taken.contains(parameter.name.lowercased()) {
            throw OpenAPIError(.unsupported, at: "\(place)", "This header belongs to the connection, not to a call.")
        }
    }

    private func style(
        _ parameter: DocumentParameter, _ location: ParameterPlan.Location
    ) throws(OpenAPIError) -> ParameterStyle {
        let value = parameter.value
        if document.version.isTwo {
            let format = value["collectionFormat"]?.string ?? "csv"
            guard let style = ParameterStyle(collectionFormat: format) else {
                throw OpenAPIError(
                    .invalidToolSchema, at: "\(parameter.place.at("collectionFormat"))", "There is no such format.")
            }
            return location == .path || location == .header ? ParameterStyle(.simple, explode: false) : style
        }
        let allowed: [ParameterStyle.Kind] =
            switch location {
            case .path: [.simple, .label, .matrix]
            case .header: [.simple]
            case .query: [.form, .spaceDelimited, .pipeDelimited, .deepObject]
            case .cookie: [.form]
            }
        var kind = allowed[0]
        if let name = value["style"]?.string {
            guard let named = ParameterStyle.Kind(rawValue: name), allowed.contains(named) else {
                throw OpenAPIError(
                    .invalidToolSchema, at: "\(parameter.place.at("style"))",
                    "The style must be one of \(allowed.map(\.rawValue).joined(separator: ", ")) here.")
            }
            kind = named
        }
        let explode = value["explode"].map { $0 == true } ?? (kind == .form || kind == .deepObject)
        return ParameterStyle(kind, explode: explode, allowReserved: value["allowReserved"] == true)
    }

    /// In OpenAPI 2 a parameter is its own schema.
    static func schemaOfTwo(_ parameter: JSONValue) -> JSONValue {
        guard case .object(var members) = parameter else { return parameter }
        for name in ["name", "in", "required", "collectionFormat", "allowEmptyValue", "description"] {
            members[name] = nil
        }
        return .object(members)
    }
}

/// What a content type is.
enum MediaType {
    /// Without parameters, in lower case.
    static func essence(_ type: String) -> String {
        type.prefix { $0 != ";" }.lowercased().split(separator: " ").joined()
    }

    static func isJSON(_ type: String) -> Bool {
        let essence = essence(type)
        return essence == "application/json" || essence.hasSuffix("+json") || essence == "*/*"
            || essence == "application/*" || essence == "text/json"
    }

    static func format(_ type: String) -> BodyPlan.Format? {
        if isJSON(type) { return .json }
        switch essence(type) {
        case "application/x-www-form-urlencoded": return .form
        case "multipart/form-data": return .multipart
        case "text/plain", "text/*": return .text
        default: return nil
        }
    }

    /// The one to send, of several: JSON before forms before text.
    static func best(of types: some Sequence<String>) -> (type: String, format: BodyPlan.Format)? {
        let order: [BodyPlan.Format] = [.json, .form, .multipart, .text]
        let known = types.sorted().compactMap { type in format(type).map { (type, $0) } }
        for format in order {
            let candidates = known.filter { $0.1 == format }
            if let plain = candidates.first(where: { essence($0.0) == "application/json" }) ?? candidates.first {
                return plain.0.contains("*") ? (format == .json ? "application/json" : "text/plain", format) : plain
            }
        }
        return nil
    }
}
