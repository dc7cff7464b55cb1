internal import FoundationEssentials
internal import OpenCXCore
internal import OpenCXCurl
internal import OpenCXOpenAPI

/// Makes actions of the APIs that a configuration names.
enum Actions {
    static func provider(
        _ apis: [ActionSettings], orders: OrderBook?, _ terminal: Terminal,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> (any ActionProvider)? {
        if apis.isEmpty { return nil }
        return try ActionGroup(apis.map { try actions($0, orders, terminal, environment) })
    }

    private static func actions(
        _ api: ActionSettings, _ orders: OrderBook?, _ terminal: Terminal, _ environment: [String: String]
    ) throws -> (definitions: [ActionDefinition], provider: any ActionProvider) {
        var settings = api.settings
        if let variable = api.secretVariable {
            guard let secret = environment[variable], !secret.isEmpty else {
                throw Failure(
                    "\(api.document): the environment variable \(variable) is not set. It has to hold the API's token.")
            }
            settings.headers = [("Authorization", Secret("Bearer \(secret)"))]
        }
        guard let data = FileManager.default.contents(atPath: api.document) else {
            throw Failure(
                "\(api.document): the OpenAPI document cannot be read. Is the path right, and may you read the file?")
        }
        let imported: OpenAPIImport
        do throws(OpenAPIError) {
            imported = try OpenAPIImport(document: Array(data), settings: settings)
        } catch {
            throw Failure("\(api.document): \(error)")
        }
        for refusal in imported.refused where !isLeftOut(refusal, settings) {
            terminal.complain("left out an action of \(api.document): \(refusal)".forTerminal)
        }
        let addresses: AddressPolicy =
            api.allowsLoopback ? .publicAnd(hosts: ["localhost", "127.0.0.1", "[::1]", "::1"]) : .publicOnly
        let http = MockShop(orders: orders, outside: CurlHTTPClient(CurlConfiguration(addresses: addresses)))
        return (imported.actions, OpenAPIActions(imported, http: http))
    }

    private static func isLeftOut(_ refusal: OpenAPIImport.Refusal, _ settings: OpenAPISettings) -> Bool {
        refusal.operationID.flatMap { settings.operations[$0] }.map { !$0.isEnabled } ?? false
    }
}

/// Several providers as one.
struct ActionGroup: ActionProvider {
    private var definitions: [ActionDefinition] = []
    private var providers: [String: any ActionProvider] = [:]

    init(_ parts: [(definitions: [ActionDefinition], provider: any ActionProvider)]) throws {
        for part in parts {
            for definition in part.definitions {
                guard providers.updateValue(part.provider, forKey: definition.name) == nil else {
                    throw Failure("Two of the documents under \"actions\" have an operation named \(definition.name).")
                }
                definitions.append(definition)
            }
        }
    }

    func actions() async throws -> [ActionDefinition] { definitions }

    func call(_ call: ActionCall) async throws -> ActionResult {
        guard let provider = providers[call.name] else {
            throw ActionError(.badArguments, "There is no such action.")
        }
        return try await provider.call(call)
    }
}
