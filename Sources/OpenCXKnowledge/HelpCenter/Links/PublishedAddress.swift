/// Where the folder is published.
struct PublishedAddress: Sendable {
    /// The address of the folder's page, without a slash at the end.
    let base: String?

    init(_ base: String?) {
        var base = base
        while base?.hasSuffix("/") == true { base?.removeLast() }
        self.base = base?.isEmpty == true ? nil : base
    }

    /// The page of an article.
    func page(of key: String) -> String? {
        page(PercentEncoding.encode(path: key))
    }

    /// A page below the folder's.
    func page(_ path: String) -> String? {
        base.map { "\($0)/\(path)" }
    }

    /// A page anywhere on the folder's site.
    func sitePage(_ path: String) -> String? {
        guard let base else { return nil }
        // The host ends at the first slash after "https://".
        let parts = base.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0].hasSuffix(":"), parts[1].isEmpty else { return path }
        return parts[0...2].joined(separator: "/") + path
    }
}
