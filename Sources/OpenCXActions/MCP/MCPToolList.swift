public import OpenCXCore

/// What came of a server's list of tools: those that are actions, and those that are not, with the reason.
public struct MCPToolList: Sendable, Hashable {
    /// The tools that are actions.
    public internal(set) var actions: [ActionDefinition] = []
    /// The tools that are none.
    public internal(set) var refused: [Refusal] = []
    /// What was passed over, and settings that meet nothing.
    public internal(set) var notes: [MCPError] = []

    init() {}

    /// A tool that is no action, and why.
    public struct Refusal: Sendable, Hashable, CustomStringConvertible {
        /// The server's name of the tool.
        public var tool: String
        /// Why.
        public var reason: MCPError

        /// Name and reason.
        public var description: String { "\(tool): \(reason)" }
    }
}
