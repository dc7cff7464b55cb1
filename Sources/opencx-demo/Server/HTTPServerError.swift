/// Why the listener cannot start.
public struct HTTPServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Value { case badConfiguration, notLoopback, portInUse, notPermitted, failed }
        private let value: Value
        /// The configuration makes no sense.
        public static let badConfiguration = Code(value: .badConfiguration)
        /// The address is open to other machines, and the configuration does not allow that.
        public static let notLoopback = Code(value: .notLoopback)
        /// Another program listens on the port.
        public static let portInUse = Code(value: .portInUse)
        /// The system does not let this user listen on the port.
        public static let notPermitted = Code(value: .notPermitted)
        /// The system refused for another reason.
        public static let failed = Code(value: .failed)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong and what to do about it.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// What is wrong and what to do about it.
    public var description: String { message }
}
