extension TeamPages {
    /// What the pages' paths look like, such as `/team/inbox/{ticket}/reply`: for access logs and figures that may tell nothing
    /// about anybody.
    ///
    /// - Parameter prefix: where the pages are mounted (``TeamPagesSettings/prefix``).
    public static func paths(at prefix: String = "/team") -> [String] { [prefix] + paths.map { prefix + $0 } }

    static let paths = [
        "/sign-in", "/sign-out", "/inbox", "/inbox/stream", "/inbox/updates", "/inbox/{ticket}",
        "/inbox/{ticket}/stream",
        "/inbox/{ticket}/updates", "/inbox/{ticket}/files/{entry}/{place}", "/inbox/{ticket}/reply",
        "/inbox/{ticket}/take-over", "/inbox/{ticket}/give-back",
        "/inbox/{ticket}/assign", "/inbox/{ticket}/resolve", "/inbox/{ticket}/close", "/inbox/{ticket}/tags",
        "/inbox/{ticket}/reveal", "/inbox/{ticket}/hide", "/inbox/{ticket}/erase",
        "/inbox/{ticket}/deliveries/{entry}/retry", "/inspect", "/inspect/{ticket}",
        "/inspect/{ticket}/{turn}", "/insight", "/knowledge", "/knowledge/search", "/knowledge/article",
        "/knowledge/sync",
        "/account", "/account/password", "/members", "/members/{id}/role", "/members/{id}/disable",
        "/members/{id}/enable",
        "/members/{id}/password", "/assets/{hash}/{file}",
    ]
}
