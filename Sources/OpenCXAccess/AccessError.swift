/// Why somebody could not be let in on, or a key not be made, as it was asked for.
public struct AccessError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of problem it is.
    public struct Code: Hashable, Sendable {
        private enum Kind { case badName, nameTaken, badPassword, noSuchMember, badScope, noSuchKey }
        private var kind: Kind

        /// The name is empty, too long, or holds something that cannot be seen.
        public static let badName = Code(kind: .badName)
        /// Another member has the name.
        public static let nameTaken = Code(kind: .nameTaken)
        /// The password is too short or too long.
        public static let badPassword = Code(kind: .badPassword)
        /// There is no such member.
        public static let noSuchMember = Code(kind: .noSuchMember)
        /// There is no such scope.
        public static let badScope = Code(kind: .badScope)
        /// There is no such key.
        public static let noSuchKey = Code(kind: .noSuchKey)
    }

    /// What kind of problem it is.
    public let code: Code
    /// What is wrong and what to do about it; no names and no secrets.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
