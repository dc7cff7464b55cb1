internal import HelpdeskSupport
internal import OpenCXCore

/// An article in one language (developer.zendesk.com, Help Center: Articles, Translations).
struct ZendeskArticle {
    let id: Int64
    /// In lower case, as in addresses: `en-us`.
    let locale: String
    private(set) var title: String
    private(set) var html: String
    private(set) var url: String?
    private var isDraft: Bool
    private let segments: [String]
    let section: Int64?

    init?(_ json: JSONValue, locale: String) {
        guard let id = json["id"]?.id else { return nil }
        self.id = id
        self.locale = locale
        title = Self.title(json) ?? "Article \(id)"
        html = json["body"]?.string ?? ""
        url = json["html_url"]?.string.flatMap(Self.page)
        isDraft = json["draft"]?.bool ?? false
        let several = json["user_segment_ids"]?.array ?? []
        segments = Set(([json["user_segment_id"]].compactMap(\.self) + several).compactMap(\.id)).sorted().map(
            String.init)
        section = json["section_id"]?.id
        if let own = json["locale"]?.string?.lowercased(), own != locale {
            url = url?.replacing("/hc/\(own)/", with: "/hc/\(locale)/")
        }
    }

    /// Takes over what is different in another language.
    mutating func take(translation json: JSONValue) {
        title = Self.title(json) ?? title
        html = json["body"]?.string ?? ""
        isDraft = json["draft"]?.bool ?? isDraft
        url = json["html_url"]?.string.flatMap(Self.page) ?? url
    }

    var key: String { "\(locale)/\(id)" }

    /// Public to everyone only if it is published, and for no segment of users.
    var audience: Audience {
        isDraft ? .draft : segments.isEmpty ? .everyone : .segments(segments.map { "zendesk-\($0)" })
    }

    /// `en-US` for `en-us`.
    var language: LanguageTag {
        let parts = locale.split(separator: "-")
        return LanguageTag(
            rawValue: parts.enumerated().map { $0 > 0 && $1.utf8.count == 2 ? $1.uppercased() : String($1) }
                .joined(separator: "-"))
    }

    static func parts(of key: String) -> (locale: String, id: Int64)? {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, isLocale(String(parts[0])), let id = Int64(parts[1]), id > 0, String(id) == parts[1]
        else {
            return nil
        }
        return (String(parts[0]), id)
    }

    static func isLocale(_ text: String) -> Bool {
        (2...20).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    private static func title(_ json: JSONValue) -> String? {
        (json["title"]?.string ?? json["name"]?.string).map { PlainField.line($0, limit: 300) }
            .flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func page(_ url: String) -> String? { url.hasPrefix("https://") ? url : nil }
}
