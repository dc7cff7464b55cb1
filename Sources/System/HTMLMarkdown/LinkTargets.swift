/// Which links stay, and where they lead.
struct LinkTargets {
    /// `https://help.example.com`, without a slash behind it.
    private let origin: String?
    private static let longest = 2000

    init(origin: String?) {
        guard var origin else {
            self.origin = nil
            return
        }
        while origin.hasSuffix("/") { origin.removeLast() }
        self.origin = origin
    }

    /// The address to link to; `nil` leaves only the link's text.
    func target(_ href: String) -> String? {
        let bytes = href.utf8.drop { $0 <= 0x20 }
        var url = Substring(bytes)
        while let last = url.utf8.last, last <= 0x20 { url = Substring(url.utf8.dropLast()) }
        // Browsers read over line breaks and tabs within an address; nobody who means well writes them.
        guard !url.isEmpty, url.utf8.count <= Self.longest, url.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            return nil
        }
        let head = url.prefix(8).lowercased()
        if ["http://", "https://", "mailto:", "tel:"].contains(where: head.hasPrefix) { return String(url) }
        guard let origin, url.hasPrefix("/"), !url.hasPrefix("/\\") else { return nil }
        return url.hasPrefix("//") ? "https:\(url)" : origin + url
    }
}
