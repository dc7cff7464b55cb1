internal import OpenCXCore

/// A file that the pages load. Its address holds a hash of its content, so a browser keeps it for as long as it likes and never
/// has an old one.
struct Asset: Sendable {
    let name: String
    let type: String
    let bytes: [UInt8]
    let hash: String

    private init(_ name: String, _ type: String, _ text: String) {
        self.name = name
        self.type = type
        bytes = Array(text.utf8)
        hash = String(StableHash.hex(text).prefix(16))
    }

    static let style = Asset("team.css", "text/css; charset=utf-8", StyleSheet.text)
    static let script = Asset("team.js", "text/javascript; charset=utf-8", PageScript.text)
    static let icon = Asset("icon.svg", "image/svg+xml", iconText)
    static let all = [style, script, icon]

    /// Below the mount point.
    var path: String { "/assets/\(hash)/\(name)" }

    /// The file at a path below the mount point; `nil` where there is none.
    static func answer(_ request: WebhookRequest, at path: Substring) -> WebhookAnswer? {
        guard let asset = all.first(where: { $0.path == path }) else { return nil }
        let tag = "\"\(asset.hash)\""
        let headers: [(name: String, value: String)] =
            [("etag", tag), ("cache-control", "public, max-age=31536000, immutable")] + PageResponse.headers
        if request.header("if-none-match") == tag {
            return .response(WebhookResponse(status: 304, headers: headers))
        }
        return .response(
            WebhookResponse(status: 200, headers: [("content-type", asset.type)] + headers, body: asset.bytes))
    }

    private static let iconText = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#2f5bd7"/>\
        <path d="M9 9h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8l-5 4v-4H9a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2z" fill="#fff"/></svg>
        """
}
