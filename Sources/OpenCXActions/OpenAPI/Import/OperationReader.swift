internal import OpenCXCore

/// Makes an action of an operation.
struct OperationReader {
    let document: Document
    let settings: OpenAPISettings
    let own: ActionOverrides
    /// What the settings call the operation.
    let key: String
    let method: String
    let path: String
    let operation: JSONValue
    let item: JSONValue
    let place: Pointer
    let itemPlace: Pointer
    /// The security schemes that there are no credentials for.
    private(set) var missingCredentials: [String] = []

    static let nameLimit = 5
    static let descriptionLimit = 20
    /// How much of a description a model gets.
    static let summaryLength = 1024

    init(
        document: Document, settings: OpenAPISettings, own: ActionOverrides, key: String, method: String,
        path: String, operation: JSONValue, item: JSONValue, place: Pointer, itemPlace: Pointer
    ) {
        self.document = document
        self.settings = settings
        self.own = own
        self.key = key
        self.method = method
        self.path = path
        self.operation = operation
        self.item = item
        self.place = place
        self.itemPlace = itemPlace
    }

    mutating func plan(
        _ schemas: inout SchemaReader, _ usage: inout SettingsUsage
    ) throws(OpenAPIError) -> OperationPlan {
        if let flag = operation["deprecated"], flag != true, flag != false {
            throw OpenAPIError(.invalidToolSchema, at: "\(place.at("deprecated"))", "It must be true or false.")
        }
        // The arguments first: what the settings say about them has to meet them, whatever else is wrong.
        var arguments = ArgumentPlanner(settings: settings, operation: key)
        let listed = try ParameterReader(document: document).parameters(
            of: operation, in: item, at: place, itemPlace: itemPlace)
        let (parameters, idempotencyHeader) = try self.parameters(listed, &arguments, &schemas, &usage)
        try checkPath(listed)
        let body = try self.body(listed, &arguments, &schemas, &usage)
        let name = try self.name()
        let summary = try self.summary()
        let base = try ServerReader(document: document, settings: settings).base(for: operation, in: item, at: place)
        let (authorization, missing) = try SecurityReader(document: document, settings: settings)
            .authorization(for: operation)
        missingCredentials = missing
        var definition = ActionDefinition(
            name: name, summary: summary, title: title(), examples: own.examples, parameters: arguments.parameters,
            effect: own.effect ?? (["get", "head", "options"].contains(method) ? .lookup : .change),
            replies: own.replies, confirmations: own.confirmations,
            asksFirst: own.asksFirst ?? (operation["x-open-require-form-submission"] == true),
            segments: own.segments, channels: own.channels ?? settings.channels,
            isPinned: operation["x-open-pinned"] == true, tags: tags(), schemaDefinitions: schemas.definitions)
        definition.schemaDefinitions = definition.definitionsInUse
        return OperationPlan(
            definition: definition, operationID: operation["operationId"]?.string, method: method.uppercased(),
            path: path, base: base, parameters: parameters, body: body, authorization: authorization,
            idempotencyHeader: idempotencyHeader)
    }

    // MARK: Name and description

    private func name() throws(OpenAPIError) -> String {
        guard operation["operationId"] != nil || settings.derivesNames else {
            throw OpenAPIError(
                .missingOperationID, at: "\(place)",
                "The operation has no operationId; give it one, or allow derived names (derivesNames).")
        }
        let name = PlainWords.name(key)
        guard name.utf8.count >= Self.nameLimit else {
            throw OpenAPIError(
                .badName, at: "\(place.at("operationId"))",
                "The name must have at least \(Self.nameLimit) characters and say what the operation does.")
        }
        return name
    }

    private func summary() throws(OpenAPIError) -> String {
        let texts = [
            own.summary, operation["description"]?.string, operation["summary"]?.string, item["description"]?.string,
        ]
        .compactMap { $0.map { PlainWords.line($0) } }.filter { !$0.isEmpty }
        if let text = texts.first(where: { $0.count >= Self.descriptionLimit }) {
            return PlainWords.line(text, limit: Self.summaryLength)
        }
        let all = texts.joined(separator: ". ")
        guard all.count >= Self.descriptionLimit, texts.first != texts.last else {
            throw OpenAPIError(
                .badDescription, at: "\(place.at("description"))",
                "The description must have at least \(Self.descriptionLimit) characters, for the AI to know when to use "
                    + "the operation.")
        }
        return all
    }

    private func title() -> String? {
        guard let text = operation["summary"]?.string.map({ PlainWords.line($0) }), !text.isEmpty else { return nil }
        return PlainWords.line(text, limit: 120)
    }

    private func tags() -> [String] {
        guard case .array(let tags)? = operation["x-open-tags"] else { return [] }
        return tags.compactMap(\.string)
    }

    // MARK: Arguments

    private mutating func parameters(
        _ listed: [DocumentParameter], _ arguments: inout ArgumentPlanner, _ schemas: inout SchemaReader,
        _ usage: inout SettingsUsage
    ) throws(OpenAPIError) -> ([ParameterPlan], idempotencyHeader: String) {
        var plans: [ParameterPlan] = []
        var idempotencyHeader = "Idempotency-Key"
        for parameter in listed where !(document.version.isTwo && ["body", "formData"].contains(parameter.location)) {
            if parameter.location == "header", parameter.name.lowercased() == "idempotency-key" {
                // The ledger's business, not a model's.
                idempotencyHeader = parameter.name
                continue
            }
            let reader = ParameterReader(document: document)
            guard let planned = try reader.plan(parameter, &schemas) else { continue }
            var plan = planned.plan
            plan.argument = arguments.add(
                parameter.name, schema: planned.schema, description: parameter.value["description"]?.string,
                isRequired: parameter.value["required"] == true, schemas, &usage)
            plans.append(plan)
        }
        return (plans, idempotencyHeader)
    }

    /// Every name in braces must be a parameter in the path, and the other way round.
    private func checkPath(_ listed: [DocumentParameter]) throws(OpenAPIError) {
        let template = PathTemplate(path)
        guard let names = template?.names else {
            throw OpenAPIError(.invalidToolSchema, at: "\(itemPlace)", "The braces of the path do not match.")
        }
        let declared = Set(listed.filter { $0.location == "path" }.map(\.name))
        if let missing = names.first(where: { !declared.contains($0) }) {
            throw OpenAPIError(
                .invalidToolSchema, at: "\(place)", "The path names \(missing), which is none of the parameters.")
        }
        if let extra = declared.sorted().first(where: { !names.contains($0) }) {
            throw OpenAPIError(.invalidToolSchema, at: "\(place)", "The parameter \(extra) does not stand in the path.")
        }
    }

    private mutating func body(
        _ listed: [DocumentParameter], _ arguments: inout ArgumentPlanner, _ schemas: inout SchemaReader,
        _ usage: inout SettingsUsage
    ) throws(OpenAPIError) -> BodyPlan? {
        let reader = BodyReader(document: document)
        let found =
            document.version.isTwo
            ? try reader.bodyOfTwo(of: operation, listed, at: place, &schemas)
            : try reader.body(of: operation, at: place, &schemas)
        guard let body = found, !["get", "head"].contains(method) else { return nil }
        return arguments.add(body, schemas, &usage)
    }
}
