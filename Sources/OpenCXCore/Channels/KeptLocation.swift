/// Where a store of files that belongs to this server keeps one: a word that names the store, and the name that it has made at
/// random.
///
/// Nothing in it is the customer's, so it stands in messages as it is (``Attachment/location``), and whoever removes or shows
/// the file finds it there, whatever the vault has forgotten. A location that went through the redactor could not promise that:
/// to a customer by the name of Mail, or to a team's own pattern, a part of it is personal data like any other.
///
/// The form leaves no room for what a customer has written: the word is a literal of the source code, and the name a run of
/// small letters. A store that numbers its files writes the digits as letters; `a` to `p` are enough for a UUID's.
public struct KeptLocation: Hashable, Sendable, CustomStringConvertible {
    /// The word and the name with a colon between them, as `web-file:bmkadkfhcnpabgol`.
    public let description: String

    /// Puts a location together.
    ///
    /// - Parameters:
    ///   - store: names the store: small letters and hyphens.
    ///   - name: the file's name in it, made by the store and never taken from a customer or a provider.
    /// - Returns: `nil` for names of another form than 16 to 128 small letters.
    public init?(store: StaticString, name: String) {
        let word = store.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
        guard !word.isEmpty, word.utf8.allSatisfy({ Self.isLetter($0) || $0 == UInt8(ascii: "-") }),
            (16...128).contains(name.utf8.count), name.utf8.allSatisfy(Self.isLetter)
        else { return nil }
        description = "\(word):\(name)"
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
}
