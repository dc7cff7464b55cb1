public import OpenCXCore

/// Where the files go that visitors attach: what a ``WebChat`` needs of a place that keeps files.
public struct WebFiles: Sendable {
    /// A file that a visitor sends.
    public struct Upload: Sendable {
        /// The name that it had there. Whoever keeps it gives it a name of its own.
        public var name: String
        /// What it holds.
        public var bytes: [UInt8]
        /// The conversation it was sent in.
        public var thread: ThreadID
    }

    /// A file that is kept.
    public struct Kept: Sendable, Hashable {
        /// Names it; unguessable, of small letters: whoever knows it can read the file.
        public var id: String
        /// Its name, for people.
        public var name: String
        /// Its media type, told from its bytes.
        public var mediaType: String
        /// Its size.
        public var byteCount: Int

        /// Makes a description.
        public init(id: String, name: String, mediaType: String, byteCount: Int) {
            self.id = id
            self.name = name
            self.mediaType = mediaType
            self.byteCount = byteCount
        }
    }

    /// Why a file is not kept.
    public enum Refusal: Error, Sendable, Hashable {
        /// It is of a kind that is not taken.
        case kind
        /// There is no room for it.
        case full
    }

    /// How many bytes a file may have.
    public var limit: Int
    /// How the names of files end that a visitor is offered to choose, each with its dot.
    public var endings: [String]
    /// Keeps a file. Throws ``Refusal``, and anything else for a place that cannot be written to.
    public var keep: @Sendable (Upload) async throws -> Kept
    /// A file that is kept for a conversation; `nil` where there is none.
    public var find: @Sendable (_ id: String, _ thread: ThreadID) async throws -> Kept?
    /// A file with the headers that keep a browser from running it; `nil` where there is none.
    public var serve: @Sendable (_ id: String) async throws -> WebhookResponse?

    /// Describes a place that keeps files.
    public init(
        limit: Int = 5 << 20, endings: [String], keep: @escaping @Sendable (Upload) async throws -> Kept,
        find: @escaping @Sendable (_ id: String, _ thread: ThreadID) async throws -> Kept?,
        serve: @escaping @Sendable (_ id: String) async throws -> WebhookResponse?
    ) {
        self.limit = limit
        self.endings = endings
        self.keep = keep
        self.find = find
        self.serve = serve
    }
}

extension WebFiles {
    /// The id of the file that a message names by a location; `nil` for what is not this channel's. For who removes the files of a
    /// customer that is erased (``/OpenCXCore/AttachmentStore``).
    public static func id(at location: String) -> String? { WebFileLocation.id(of: location) }
}

/// Where an attachment's bytes are, in this channel's own notation: letters only, as ``KeptLocation`` wants them.
enum WebFileLocation {
    private static let store: StaticString = "web-file"

    static func place(of id: String) -> AttachmentPlace { .file(id, in: store) }

    static func id(of location: String) -> String? {
        AttachmentPlace.name(in: location, of: store).flatMap { isID($0) ? $0 : nil }
    }

    static func isID(_ text: some StringProtocol) -> Bool {
        (16...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    }
}
