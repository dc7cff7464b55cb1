package import OpenCXCore

extension WebhookResponse {
    /// A visitor's file: never taken for anything but what it is, never run, and known to nobody but who has its address.
    package static func file(_ file: UploadedFile, kinds: [FileKind]) -> WebhookResponse {
        let kind = kinds.first { $0.mediaType == file.record.mediaType }
        let isShown = kind?.isShownInPlace == true
        let name = contentDispositionName(file.record.name)
        return WebhookResponse(
            status: 200,
            headers: [
                ("content-type", kind?.mediaType ?? "application/octet-stream"), ("x-content-type-options", "nosniff"),
                ("content-disposition", "\(isShown ? "inline" : "attachment")\(name)"),
                ("content-security-policy", "default-src 'none'; sandbox"),
                ("cross-origin-resource-policy", "cross-origin"), ("referrer-policy", "no-referrer"),
                ("x-robots-tag", "noindex"), ("cache-control", "private, max-age=3600, immutable"),
            ], body: file.bytes)
    }

    /// The name for saving, in the form that takes any letter (RFC 8187), and a plain one for whoever does not know that.
    private static func contentDispositionName(_ name: String) -> String {
        let plain = name.unicodeScalars.map {
            $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_. ".contains(Character($0))) ? Character($0) : "_"
        }
        let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in name.utf8 {
            if kept.contains(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return "; filename=\"\(String(plain))\"; filename*=UTF-8''\(String(decoding: encoded, as: UTF8.self))"
    }
}
