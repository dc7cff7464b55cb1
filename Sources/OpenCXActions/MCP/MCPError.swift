/// Why a server's settings cannot be used, or why a tool is no action.
public struct MCPError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of problem it is.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// The name: lower-case letters and underscores.
        public var rawValue: String

        /// Makes a code from its name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The name.
        public var description: String { rawValue }

        /// The settings are wrong, or do not fit the tool.
        public static let badSettings = Code(rawValue: "bad_settings")
        /// What describes the tool is not what the protocol says it must be.
        public static let badTool = Code(rawValue: "bad_tool")
        /// The tool's name is taken by another one.
        public static let nameTaken = Code(rawValue: "name_taken")
        /// The schema of the tool's arguments needs something that is not supported.
        public static let unsupportedSchema = Code(rawValue: "unsupported_schema")
        /// There is more than is read.
        public static let tooMany = Code(rawValue: "too_many")
        /// The settings leave the tool out.
        public static let leftOut = Code(rawValue: "left_out")
    }

    /// What kind of problem it is.
    public var code: Code
    /// What is wrong, and what to do about it.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Code and message.
    public var description: String { "\(code): \(message)" }
}
