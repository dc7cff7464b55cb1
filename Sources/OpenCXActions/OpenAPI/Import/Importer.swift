internal import OpenCXCore

/// Goes through a document, operation by operation.
struct Importer {
    let document: Document
    let settings: OpenAPISettings
    private(set) var plans: [OperationPlan] = []
    private(set) var refused: [OpenAPIImport.Refusal] = []
    private(set) var notes: [OpenAPIError] = []
    private var schemas: SchemaReader
    private var missingCredentials: Set<String> = []
    private var usage: SettingsUsage

    static let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    init(_ document: Document, _ settings: OpenAPISettings) throws(OpenAPIError) {
        self.document = document
        self.settings = settings
        schemas = SchemaReader(document)
        usage = SettingsUsage(settings)
        for (name, _) in settings.headers where !HeaderName.isValid(name) {
            throw OpenAPIError(.badSettings, "One of the headers has a name that no header can have.")
        }
        let schemes =
            document.version.isTwo
            ? document.root["securityDefinitions"] : document.root["components"]?["securitySchemes"]
        for name in settings.credentials.keys.sorted() where schemes?[name] == nil {
            throw OpenAPIError(
                .badSettings, "There is a credential for \(name), which is none of the document's security schemes.")
        }
    }

    mutating func run() throws(OpenAPIError) {
        guard case .object(let paths) = document.root["paths"] ?? [:] else { return }
        for (path, item) in paths.sorted(by: { $0.key < $1.key }) where !path.hasPrefix("x-") {
            try read(path, item)
        }
        notes += schemas.notes
        notes += missingCredentials.sorted().map { name in
            let holder = document.version.isTwo ? ["securityDefinitions"] : ["components", "securitySchemes"]
            return OpenAPIError(
                .badSettings, at: "\(Pointer(names: holder + [name]))",
                "No credential is configured for \(name); the calls that need it are made without.")
        }
        try usage.check()
    }

    private mutating func read(_ path: String, _ item: JSONValue) throws(OpenAPIError) {
        var place = Pointer.root.at("paths", path)
        var item = item
        do throws(OpenAPIError) {
            guard path.hasPrefix("/") else {
                throw OpenAPIError(.invalidToolSchema, at: "\(place)", "A path must begin with a slash.")
            }
            guard case .object = item else {
                throw OpenAPIError(.invalidToolSchema, at: "\(place)", "Operations by method are expected.")
            }
            (item, place) = try document.resolve(item, at: place)
            _ = try ParameterReader(document: document).parameters(
                of: [:], in: item, at: place, itemPlace: place)
        } catch {
            refused.append(OpenAPIImport.Refusal(operationID: nil, method: "*", path: path, reason: error))
            return
        }
        for method in Self.methods {
            guard let operation = item[method] else { continue }
            try read(method, path, operation, in: item, at: place.at(method), itemPlace: place)
        }
    }

    private mutating func read(
        _ method: String, _ path: String, _ operation: JSONValue, in item: JSONValue, at place: Pointer,
        itemPlace: Pointer
    ) throws(OpenAPIError) {
        let id = operation["operationId"]?.string
        let key = id ?? ToolName.derived(method: method, path: path)
        usage.saw(operation: key)
        let before = schemas
        do throws(OpenAPIError) {
            guard method != "trace" else {
                throw OpenAPIError(.unsupported, at: "\(place)", "TRACE is nothing that a customer needs.")
            }
            guard case .object = operation else {
                throw OpenAPIError(.invalidToolSchema, at: "\(place)", "An operation is expected.")
            }
            let own = settings.operations[key] ?? ActionOverrides()
            guard own.isEnabled else {
                throw OpenAPIError(.badSettings, at: "\(place)", "The settings leave the operation out.")
            }
            var reader = OperationReader(
                document: document, settings: settings, own: own, key: key, method: method, path: path,
                operation: operation, item: item, place: place, itemPlace: itemPlace)
            let plan = try reader.plan(&schemas, &usage)
            guard !plans.contains(where: { $0.definition.name == plan.definition.name }) else {
                throw OpenAPIError(
                    .badName, at: "\(place.at("operationId"))",
                    "The name \(plan.definition.name) is taken by another operation.")
            }
            plans.append(plan)
            missingCredentials.formUnion(reader.missingCredentials)
        } catch {
            // What fails in the settings' own words fails as a whole: a credential of the wrong kind is no reason to go on.
            if error.code == .badSettings, settings.operations[key]?.isEnabled ?? true { throw error }
            schemas = before
            refused.append(
                OpenAPIImport.Refusal(operationID: id, method: method.uppercased(), path: path, reason: error))
        }
    }
}

/// Which settings have met what they are about. What meets nothing is misspelt, and a binding or a limit that does not bind is
/// worse than none.
struct SettingsUsage {
    private let settings: OpenAPISettings
    private var operations: Set<String> = []
    private var labels: Set<String> = []
    /// Bindings and limits.
    var rules: ActionRules

    init(_ settings: OpenAPISettings) {
        self.settings = settings
        rules = ActionRules(bindings: settings.bindings, limits: settings.limits)
    }

    mutating func saw(operation: String) { operations.insert(operation) }
    mutating func used(label parameter: String) { labels.insert(parameter) }

    func check() throws(OpenAPIError) {
        for name in settings.operations.keys.sorted() where !operations.contains(name) {
            throw OpenAPIError(
                .badSettings, "There are settings for the operation \(name), which the document does not have.")
        }
        let unmet = rules.unmet(of: nil) + rules.actions.sorted().flatMap { rules.unmet(of: $0) }
        if let rule = unmet.first { throw Self.unused(rule.kind.rawValue, rule.argument, rule.action) }
        for parameter in settings.labels.keys.sorted() where !labels.contains(parameter) {
            throw Self.unused("label", parameter, nil)
        }
    }

    private static func unused(_ kind: String, _ parameter: String, _ operation: String?) -> OpenAPIError {
        let place = operation.map { "the operation \($0)" } ?? "no operation that can be read"
        let has = operation == nil ? "has" : "does not have"
        return OpenAPIError(
            .badSettings,
            "There is a \(kind) for the parameter \(parameter), which \(place) \(has). Check its spelling.")
    }
}
