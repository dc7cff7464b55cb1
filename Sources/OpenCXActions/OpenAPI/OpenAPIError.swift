/// Why a document, or one of its operations, cannot be imported.
public struct OpenAPIError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of problem it is. The first three have the names that the OpenCX product gives them.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// The name: lower-case letters and underscores.
        public var rawValue: String

        /// Makes a code from its name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The name.
        public var description: String { rawValue }

        /// The document is neither JSON nor YAML, or not an OpenAPI document.
        public static let failedToParseSpec = Code(rawValue: "failed_to_parse_spec")
        /// A parameter, a body or a schema is not what OpenAPI says it must be.
        public static let invalidToolSchema = Code(rawValue: "invalid_tool_schema")
        /// Where to send the call is not known, or not allowed.
        public static let cannotDetermineAPIEndpoint = Code(rawValue: "cannot_determine_api_endpoint")
        /// The operation has no `operationId`, and names are not derived.
        public static let missingOperationID = Code(rawValue: "missing_operation_id")
        /// The name is too short, or taken.
        public static let badName = Code(rawValue: "bad_name")
        /// The description is missing or too short for a model to know when to use the operation.
        public static let badDescription = Code(rawValue: "bad_description")
        /// A reference leads nowhere, in a circle, or out of the document.
        public static let badReference = Code(rawValue: "bad_reference")
        /// The operation needs something that is not supported.
        public static let unsupported = Code(rawValue: "unsupported")
        /// The settings do not fit the document.
        public static let badSettings = Code(rawValue: "bad_settings")
    }

    /// What kind of problem it is.
    public var code: Code
    /// Where in the document: a JSON pointer (RFC 6901); empty for the document as a whole.
    public var place: String
    /// What is wrong, and what to do about it.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, at place: String = "", _ message: String) {
        self.code = code
        self.place = place
        self.message = message
    }

    /// Code, place and message.
    public var description: String { "\(code): \(place.isEmpty ? "" : "\(place): ")\(message)" }
}
