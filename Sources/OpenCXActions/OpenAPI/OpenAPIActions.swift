public import OpenCXCore

/// The operations of an OpenAPI document as actions.
///
/// The client should be one that guards against addresses of the inside (SSRF): the document says where calls go. Redirects are
/// not followed.
///
/// What a response means for the ledger of effects:
///
/// | Response | A lookup | A change |
/// | --- | --- | --- |
/// | 2xx | its status and body | done |
/// | 404, 410 | nothing found | nothing found, nothing done |
/// | 408, 3xx, 5xx | failed | nobody knows: a server may fail, and a redirect may come, after the work is done |
/// | other 4xx | refused | refused, nothing done |
/// | none, nothing sent | failed | failed, nothing done |
/// | none, broken off or too late | failed | nobody knows |
///
/// Nothing is tried again. A change carries the ledger's key as `Idempotency-Key`.
public struct OpenAPIActions: ActionProvider {
    /// How long a call may take.
    public static let timeout: Duration = .seconds(60)

    private let plans: [String: OperationPlan]
    private let definitions: [ActionDefinition]
    private let settings: OpenAPISettings
    private let http: any HTTPClient

    /// Makes actions of what was imported.
    public init(_ imported: OpenAPIImport, http: any HTTPClient) {
        plans = Dictionary(imported.plans.map { ($0.definition.name, $0) }, uniquingKeysWith: { first, _ in first })
        definitions = imported.actions
        settings = imported.settings
        self.http = http
    }

    /// What can be done.
    public func actions() async throws -> [ActionDefinition] { definitions }

    /// Calls an operation.
    ///
    /// - Throws: ``/OpenCXCore/ActionError`` when it is certain that nothing was done, with the status and the body in its
    ///   details; ``/OpenCXCore/HTTPClientError`` when nobody knows.
    public func call(_ call: ActionCall) async throws -> ActionResult {
        guard let plan = plans[call.name] else {
            throw ActionError(.badArguments, "There is no such action in the imported document.")
        }
        let (values, objections) = plan.definition.checked(call.values.mapValues { $0.reveal() })
        guard objections.isEmpty else { throw ActionError(.badArguments, objections.joined(separator: "; ")) }
        let request = try RequestBuilder(plan: plan, settings: settings, call: call, values: values).request()
        let reader = ResponseReader(effect: plan.definition.effect, limit: settings.responseLimit)
        do {
            return try await reader.result(of: try await http.open(request))
        } catch let error as HTTPClientError {
            throw reader.failure(error)
        }
    }
}
