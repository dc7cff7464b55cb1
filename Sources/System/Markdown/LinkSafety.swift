/// Which link targets may stand in an article or on a page.
package enum LinkSafety {
    private static let schemes: Set<String> = ["http", "https", "mailto", "tel"]

    /// The scheme in lower case, or `nil` for a relative link. White space and control characters before it do not count,
    /// for browsers skip them too.
    package static func scheme(of url: String) -> String? {
        let rest = url.unicodeScalars.drop { $0.value <= 0x20 }
        guard let colon = rest.firstIndex(where: { ":/?#".unicodeScalars.contains($0) }), rest[colon] == ":" else {
            return nil
        }
        // Browsers also skip these inside of it.
        let name = rest[..<colon].filter { $0.value > 0x20 }
        return String(String.UnicodeScalarView(name)).lowercased()
    }

    package static func isSafe(_ url: String) -> Bool {
        scheme(of: url).map(schemes.contains) ?? true
    }
}
