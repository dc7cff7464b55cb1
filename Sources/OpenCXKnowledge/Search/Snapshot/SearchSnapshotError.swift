/// Why bytes are not taken for an index. Build the index from the articles then.
public struct SearchSnapshotError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Value { case notASnapshot, unsupportedVersion, truncated, corrupted }
        private let value: Value
        /// The bytes are something else.
        public static let notASnapshot = Code(value: .notASnapshot)
        /// The snapshot was made by a release with another format.
        public static let unsupportedVersion = Code(value: .unsupportedVersion)
        /// The snapshot ends too early.
        public static let truncated = Code(value: .truncated)
        /// The snapshot is damaged.
        public static let corrupted = Code(value: .corrupted)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong.
    public var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static let truncated = SearchSnapshotError(.truncated, "The snapshot of the search index ends too early.")
    static let corrupted = SearchSnapshotError(.corrupted, "The snapshot of the search index is damaged.")

    /// What is wrong.
    public var description: String { message }
}
