public import OpenCXCore

/// Actions that do what test code tells them to, and count their effects.
public final class ScriptedActions: ActionProvider {
    private let definitions: [ActionDefinition]
    private let script: @Sendable (ActionCall) async throws -> ActionResult
    private let seen = Locked<[ActionCall]>([])

    /// Makes actions that ask a closure.
    public init(
        _ definitions: [ActionDefinition], _ script: @escaping @Sendable (ActionCall) async throws -> ActionResult
    ) {
        self.definitions = definitions
        self.script = script
    }

    /// The calls made, in order.
    public var calls: [ActionCall] { seen.withLock { $0 } }

    /// What can be done.
    public func actions() async throws -> [ActionDefinition] { definitions }

    /// Records the call and asks the script.
    public func call(_ call: ActionCall) async throws -> ActionResult {
        seen.withLock { $0.append(call) }
        return try await script(call)
    }
}
