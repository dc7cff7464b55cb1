internal import OpenCXCore

/// Where an attachment's bytes are, in this channel's own notation: letters only, as ``KeptLocation`` wants them.
struct FileLocation {
    let id: FileID

    private static let store: StaticString = "widget-file"

    init(id: FileID) { self.id = id }

    init?(text: String) {
        guard let name = AttachmentPlace.name(in: text, of: Self.store) else { return nil }
        id = FileID(name)
    }

    /// Reads an address that ``WidgetAPI/fileURL(_:_:)`` has made. Of what stands before the path nothing counts: no request is
    /// ever made to it.
    init?(url: String) {
        guard let range = url.firstRange(of: WidgetRoute.prefix + "v2/files/") else { return nil }
        let rest = url[range.upperBound...]
        guard !rest.isEmpty, rest.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) else {
            return nil
        }
        id = FileID(String(rest))
    }

    var place: AttachmentPlace { .file(id.rawValue, in: Self.store) }
}

/// A file's name as it is kept: what follows the last slash, of letters that can be shown, of a reasonable length.
package enum FileName {
    static let limit = 120

    package static func kept(of name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
        var scalars = String.UnicodeScalarView()
        for scalar in last.unicodeScalars where isShown(scalar) { scalars.append(scalar) }
        let shown = String(scalars)
        // Cut in front of the ending, which says what it is.
        let ending = shown.lastIndex(of: ".").map { String(shown[$0...].prefix(12)) } ?? ""
        let kept = shown.count <= limit ? shown : shown.prefix(limit - ending.count) + ending
        return kept.isEmpty || kept.allSatisfy { $0 == "." } ? "file" : kept
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
