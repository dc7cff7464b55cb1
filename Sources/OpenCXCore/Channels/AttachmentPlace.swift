/// Where the bytes of a file are that comes with a message: what decides whether its location has to be redacted.
public enum AttachmentPlace: Hashable, Sendable {
    /// In a store of files that belongs to this server. The location is stored as it is.
    case kept(KeptLocation)
    /// Anywhere else, as at the address that a provider gives. Such a location may hold anything, the file's name above all, so it
    /// is redacted like what the customer writes, and found again as long as the vault knows what stood there.
    case elsewhere(UnredactedText)

    /// A file in a store of this server's.
    ///
    /// - Parameters:
    ///   - name: the name that the store has given the file. One that is not of the form that ``KeptLocation`` asks for is redacted
    ///     with its location.
    ///   - store: a word that names the store.
    /// - Returns: `store:name`.
    public static func file(_ name: String, in store: StaticString) -> AttachmentPlace {
        if let location = KeptLocation(store: store, name: name) { return .kept(location) }
        return .elsewhere(UnredactedText("\(store):\(name)"))
    }

    /// The name of a file in a store of this server's, out of a location: ``file(_:in:)`` the other way round.
    ///
    /// - Returns: `nil` for the locations of other stores.
    public static func name(in location: String, of store: StaticString) -> String? {
        let beginning = "\(store):"
        return location.hasPrefix(beginning) ? String(location.dropFirst(beginning.count)) : nil
    }

    /// The location, not redacted.
    public var location: String {
        switch self {
        case .kept(let location): location.description
        case .elsewhere(let location): location.reveal()
        }
    }
}
