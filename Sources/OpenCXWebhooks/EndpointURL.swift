/// The URLs that webhooks are sent to.
enum EndpointURL {
    private static let loopback: Set<String> = ["127.0.0.1", "localhost", "[::1]"]

    /// Refuses what is not `https`, except loopback where it is allowed.
    static func check(_ url: String, allowsPlainLoopback: Bool) throws(WebhookError) {
        let scheme = url.prefix { $0 != ":" }.lowercased()
        let rest = url.dropFirst(scheme.count)
        guard rest.hasPrefix("://"), scheme == "https" || scheme == "http" else { throw bad }
        let authority = rest.dropFirst(3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.isEmpty, !authority.contains("@") else { throw bad }
        if scheme == "https" { return }
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        guard allowsPlainLoopback, loopback.contains(host.lowercased()) else { throw bad }
    }

    private static let bad = WebhookError(
        .badURL, "Webhooks are sent to https:// URLs without credentials; to http:// on loopback only, when allowed.")
}
