/// A kind of file that customers may send. What a file is, its bytes say; what the client says of it counts only between
/// kinds of plain text, which look alike.
public struct FileKind: Hashable, Sendable {
    /// The media type under which files of this kind are stored and served.
    public let mediaType: String
    /// How names of such files end, the usual one first.
    package let endings: [String]
    /// Whether a browser may show such a file in place; others it is made to download.
    let isShownInPlace: Bool
    private let isRecognized: @Sendable (ArraySlice<UInt8>) -> Bool

    private init(
        _ mediaType: String, _ endings: [String], inPlace: Bool = false,
        _ isRecognized: @escaping @Sendable (ArraySlice<UInt8>) -> Bool
    ) {
        self.mediaType = mediaType
        self.endings = endings
        isShownInPlace = inPlace
        self.isRecognized = isRecognized
    }

    /// PNG images.
    public static let png = FileKind("image/png", ["png"], inPlace: true) {
        $0.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    }
    /// JPEG images.
    public static let jpeg = FileKind("image/jpeg", ["jpg", "jpeg"], inPlace: true) {
        $0.starts(with: [0xFF, 0xD8, 0xFF])
    }
    /// GIF images.
    public static let gif = FileKind("image/gif", ["gif"], inPlace: true) {
        $0.starts(with: "GIF87a".utf8) || $0.starts(with: "GIF89a".utf8)
    }
    /// WebP images.
    public static let webP = FileKind("image/webp", ["webp"], inPlace: true) {
        $0.starts(with: "RIFF".utf8) && $0.dropFirst(8).starts(with: "WEBP".utf8)
    }
    /// PDF documents.
    public static let pdf = FileKind("application/pdf", ["pdf"]) { $0.starts(with: "%PDF-".utf8) }
    /// Excel workbooks of before 2007.
    public static let xls = FileKind("application/vnd.ms-excel", ["xls"]) {
        $0.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    }
    /// Excel workbooks.
    public static let xlsx = FileKind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ["xlsx"]
    ) {
        // A ZIP archive; the first name in it is one of those that such a workbook begins with.
        let name = $0.dropFirst(30)
        return $0.starts(with: [0x50, 0x4B, 0x03, 0x04])
            && ["[Content_Types].xml", "_rels/", "xl/", "docProps/"].contains { name.starts(with: $0.utf8) }
    }
    /// MP4 videos.
    public static let mp4 = FileKind("video/mp4", ["mp4", "m4v"], inPlace: true) {
        let brand = $0.dropFirst(8)
        return $0.dropFirst(4).starts(with: "ftyp".utf8)
            && ["isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "dash"].contains {
                brand.starts(with: $0.utf8)
            }
    }
    /// WebM videos.
    public static let webM = FileKind("video/webm", ["webm"], inPlace: true) {
        $0.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) && $0.prefix(64).contains("webm")
    }
    /// QuickTime videos.
    public static let quickTime = FileKind("video/quicktime", ["mov"]) { $0.dropFirst(4).starts(with: "ftypqt  ".utf8) }
    /// Tables as text.
    public static let csv = FileKind("text/csv", ["csv"], isText)
    /// Plain text.
    public static let text = FileKind("text/plain", ["txt", "log"], isText)

    /// What the widget's picker offers, before and after a handoff.
    public static let all: [FileKind] = [
        .png, .jpeg, .gif, .webP, .pdf, .xls, .xlsx, .mp4, .webM, .quickTime, .csv, .text,
    ]

    /// What a file is, of these kinds; `nil` when it is none of them.
    package static func of(_ bytes: ArraySlice<UInt8>, named name: String, among kinds: [FileKind]) -> FileKind? {
        guard !bytes.isEmpty else { return nil }
        let ending = name.split(separator: ".").last?.lowercased() ?? ""
        let candidates = kinds.filter { $0.isRecognized(bytes) }
        // Text is whatever the name says it is, of the kinds of text there are; "page.html" is none of them.
        return candidates.first { !$0.isText || $0.endings.contains(ending) }
    }

    /// Whether only the name tells it from others.
    private var isText: Bool { mediaType.hasPrefix("text/") }

    private static let isText: @Sendable (ArraySlice<UInt8>) -> Bool = { bytes in
        let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
        return isPlain && String(validating: bytes, as: UTF8.self) != nil
    }

    /// Kinds are told apart by their media types.
    public static func == (a: FileKind, b: FileKind) -> Bool { a.mediaType == b.mediaType }

    /// Kinds are told apart by their media types.
    public func hash(into hasher: inout Hasher) { hasher.combine(mediaType) }
}

extension ArraySlice<UInt8> {
    fileprivate func contains(_ text: StaticString) -> Bool {
        let mark = text.withUTF8Buffer(Array.init)
        return indices.contains { self[$0...].starts(with: mark) }
    }
}
