/// A file that goes with a message, as whoever sends it needs it: with what stood in its name and place before it was redacted,
/// where a person of the team has sent it, as far as the vault still knows that.
public struct OutboundFile: Sendable, Hashable {
    /// The file's name.
    public var name: UnredactedText
    /// The media type, as it was given.
    public var mediaType: String
    /// The size in bytes, where known.
    public var byteCount: Int?
    /// Where the bytes are, in the notation of whoever has them.
    public var location: UnredactedText
    /// Whether a placeholder stands in the place of a part of the location.
    var isMasked = false

    /// Makes a file from its parts.
    public init(name: UnredactedText, mediaType: String, byteCount: Int? = nil, location: UnredactedText) {
        self.name = name
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.location = location
    }

    /// A file as it is stored, with placeholders where personal data stood.
    public init(_ attachment: Attachment) {
        self.init(
            name: UnredactedText(attachment.name.text), mediaType: attachment.mediaType,
            byteCount: attachment.byteCount, location: UnredactedText(attachment.location.text))
        isMasked = !attachment.location.placeholders.isEmpty
    }

    /// The address at which a browser finds the file; `nil` where the place is in somebody's own notation, or a part of it is
    /// masked. What may not stand in an address, as a space, is percent-encoded.
    public var webAddress: String? {
        let location = location.reveal()
        guard !isMasked, location.hasPrefix("https://") else { return nil }
        return location.utf8.reduce(into: "") { address, byte in
            if byte <= 0x20 || byte == 0x7F || byte >= 0x80 || "<>\"\\^`{|}".utf8.contains(byte) {
                address += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            } else {
                address.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
    }
}

extension OutboundMessage {
    /// What to say, and below it where the files are, for a channel that sends no files of others: CommonMark like ``text``.
    package var textWithAddresses: String {
        let files = files.compactMap(\.webAddress).map { "<\($0)>" }
        return ([text.reveal()] + files).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}
