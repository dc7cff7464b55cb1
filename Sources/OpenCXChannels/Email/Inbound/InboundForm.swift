internal import CGMime
internal import OpenCXCore

/// The fields and files of a form, as providers post mails.
struct InboundForm {
    struct Field {
        var name: String
        var fileName: String?
        var mediaType: String
        var bytes: [UInt8]
    }

    private(set) var fields: [Field] = []

    /// More than any provider sends.
    private static let limit = 400

    /// Reads a body; `nil` when it is no form, or one with too many fields.
    init?(contentType: String, body: [UInt8]) {
        let type = contentType.lowercased()
        if type.hasPrefix("application/x-www-form-urlencoded") {
            guard Self.addEncoded(body, to: &fields) else { return nil }
        } else if type.hasPrefix("multipart/form-data"), !contentType.contains(where: \.isNewline) {
            let head = Array("Content-Type: \(contentType)\r\nMIME-Version: 1.0\r\n\r\n".utf8)
            guard MIMEPrecheck.containers(in: body, limit: Self.limit) <= Self.limit, let tree = MIMETree(head + body)
            else { return nil }
            let read: [Field]? = tree.read { _, root in
                guard let root, root.kind == .container, root.childCount <= Self.limit else { return nil }
                return root.children(limit: Self.limit).compactMap { part in
                    part.formName.map {
                        Field(
                            name: $0, fileName: part.fileName, mediaType: part.mediaType, bytes: part.content())
                    }
                }
            }
            guard let read else { return nil }
            fields = read
        } else {
            return nil
        }
    }

    /// The bytes of the first field with this name.
    subscript(bytes name: String) -> [UInt8]? { fields.first { $0.name == name }?.bytes }

    /// The text of the first field with this name.
    subscript(name: String) -> String? { self[bytes: name].map { Charset.decode($0, as: "utf-8") } }

    private static func addEncoded(_ body: [UInt8], to fields: inout [Field]) -> Bool {
        for part in body.split(separator: UInt8(ascii: "&")) {
            guard fields.count < limit else { return false }
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            fields.append(
                Field(
                    name: String(decoding: FormFields.decoded(part[..<equals]), as: UTF8.self), fileName: nil,
                    mediaType: "text/plain", bytes: FormFields.decoded(part[equals...].dropFirst())))
        }
        return true
    }
}

extension MIMEEntity {
    /// The name of a form's field.
    fileprivate var formName: String? { dispositionParameter("name") }
}
