internal import CGMime

/// GMime, as far as it is needed here: a message, for as long as it is read. Its entities must not outlive it.
struct MIMETree: ~Copyable {
    private let message: OpaquePointer

    /// Has to run once, before anything else; a `static let` does.
    private static let start: Void = g_mime_init()

    /// Parses a message. What is broken becomes something that can be read; only where there is no header is there no message.
    init?(_ bytes: [UInt8]) {
        Self.start
        let parsed = bytes.withUnsafeBytes { bytes in
            opencx_mime_parse(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        guard let parsed else { return nil }
        message = parsed
    }

    deinit { opencx_mime_release(message) }

    /// Hands out the message.
    func read<Result>(_ body: (MIMEHeaders, MIMEEntity?) -> Result) -> Result {
        body(
            MIMEHeaders(object: UnsafeMutableRawPointer(message)), opencx_mime_root(message).map(MIMEEntity.init))
    }

    /// Makes sure that GMime is ready, for what needs no tree.
    static func prepare() { start }
}

/// A part of a message.
struct MIMEEntity {
    fileprivate let pointer: OpaquePointer

    fileprivate init(_ pointer: OpaquePointer) { self.pointer = pointer }

    enum Kind { case leaf, container, message }

    var kind: Kind {
        switch opencx_mime_kind_of(pointer) {
        case OPENCX_MIME_MULTIPART: .container
        case OPENCX_MIME_MESSAGE: .message
        default: .leaf
        }
    }

    /// The parts of a container.
    func children(limit: Int) -> [MIMEEntity] {
        let count = min(limit, Int(opencx_mime_child_count(pointer)))
        return (0..<max(0, count)).compactMap { opencx_mime_child(pointer, Int32($0)).map(MIMEEntity.init) }
    }

    /// How many parts a container has.
    var childCount: Int { Int(opencx_mime_child_count(pointer)) }

    /// The headers and the content of a message within the message.
    var inner: (headers: MIMEHeaders, root: MIMEEntity?)? {
        guard let message = opencx_mime_inner(pointer) else { return nil }
        return (
            MIMEHeaders(object: UnsafeMutableRawPointer(message)), opencx_mime_root(message).map(MIMEEntity.init)
        )
    }

    /// `type/subtype`, in lower case.
    var mediaType: String { CText.taking(opencx_mime_type(pointer))?.lowercased() ?? "text/plain" }

    func parameter(_ name: String) -> String? { CText.copy(opencx_mime_type_parameter(pointer, name)) }

    func dispositionParameter(_ name: String) -> String? {
        CText.copy(opencx_mime_disposition_parameter(pointer, name))
    }

    var isAttachment: Bool { CText.copy(opencx_mime_disposition(pointer))?.lowercased() == "attachment" }

    var contentID: String? { CText.copy(opencx_mime_content_id(pointer)) }

    /// The file's name, from wherever mail programs put it. Old ones put encoded words where RFC 2231 wants something else.
    var fileName: String? {
        let name = dispositionParameter("filename") ?? parameter("name")
        guard let name, !name.isEmpty else { return nil }
        return name.contains("=?") ? CText.taking(opencx_mime_decode_phrase(name)) : name
    }

    /// The headers of the part.
    var headers: MIMEHeaders { MIMEHeaders(object: UnsafeMutableRawPointer(pointer)) }

    /// What it holds, its transfer encoding undone.
    func content(limit: Int = .max) -> [UInt8] {
        if opencx_mime_is_base64(pointer) != 0 {
            let bytes = opencx_mime_encoded_content(pointer)
            defer { opencx_mime_bytes_release(bytes) }
            return LenientBase64.decode(
                UnsafeBufferPointer(start: bytes.data, count: bytes.data == nil ? 0 : bytes.count), limit: limit)
        }
        let bytes = opencx_mime_content(pointer)
        defer { opencx_mime_bytes_release(bytes) }
        return [UInt8](UnsafeBufferPointer(start: bytes.data, count: bytes.data == nil ? 0 : min(limit, bytes.count)))
    }
}

/// The headers of a message or a part.
struct MIMEHeaders {
    fileprivate let object: UnsafeMutableRawPointer

    /// Name and value, the value as it came.
    func raw(limit: Int) -> [(name: String, value: String)] {
        let count = min(limit, Int(opencx_mime_header_count(object)))
        return (0..<max(0, count)).compactMap { index in
            guard let name = CText.copy(opencx_mime_header_name(object, Int32(index))) else { return nil }
            return (name.lowercased(), CText.copy(opencx_mime_header_raw(object, Int32(index))) ?? "")
        }
    }
}

/// Texts that come from C.
enum CText {
    /// A text that C keeps.
    static func copy(_ text: UnsafePointer<CChar>?) -> String? {
        text.map { String(cString: $0) }
    }

    /// A text that C allocated for us.
    static func taking(_ text: UnsafeMutablePointer<CChar>?) -> String? {
        guard let text else { return nil }
        defer { opencx_mime_free(text) }
        return String(cString: text)
    }
}
