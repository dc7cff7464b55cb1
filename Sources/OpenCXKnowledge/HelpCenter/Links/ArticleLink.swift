internal import Markdown

/// Where a link in an article leads, before it is known what is there.
enum ArticleLink: Equatable {
    /// Elsewhere, by an absolute address.
    case absolute(String)
    /// To an article's file in the folder; `suffix` is the query and fragment, with their marks.
    case article(key: String, suffix: String)
    /// To a place in the same article.
    case samePage(fragment: String)
    /// To something else below the folder, by a path that is percent-encoded already.
    case path(String, suffix: String)
    /// To something else on the site that the folder is published on.
    case sitePath(String)
    /// Out of the folder, or where no customer should be sent.
    case unusable

    /// Reads the target of a link.
    ///
    /// - Parameters:
    ///   - url: what stands in the text, percent-encoded or not.
    ///   - folder: the names of the folders that lead to the article's own.
    init(_ url: String, in folder: [Substring]) {
        if LinkSafety.scheme(of: url) != nil {
            self = LinkSafety.isSafe(url) ? .absolute(url) : .unusable
        } else if url.hasPrefix("//") {
            self = .absolute("https:" + url)
        } else if url.hasPrefix("#") {
            self = .samePage(fragment: url)
        } else {
            let end = url.firstIndex { $0 == "?" || $0 == "#" } ?? url.endIndex
            self = Self.relative(url[..<end], suffix: String(url[end...]), in: folder)
        }
    }

    private static func relative(_ path: Substring, suffix: String, in folder: [Substring]) -> ArticleLink {
        let isFromTop = path.hasPrefix("/")
        var names: [String] = isFromTop ? [] : folder.map(String.init)
        for part in path.split(separator: "/") {
            guard let name = PercentEncoding.decode(part), !name.contains("/"), !name.contains("\0") else {
                return .unusable
            }
            switch name {
            case ".": continue
            case "..":
                if names.popLast() == nil { return .unusable }
            default: names.append(name)
            }
        }
        let target = names.joined(separator: "/")
        if let key = ArticleFile.key(ofPath: target) { return .article(key: key, suffix: suffix) }
        if isFromTop { return .sitePath(path + suffix) }
        return .path(PercentEncoding.encode(path: target), suffix: suffix)
    }

    /// The articles that a text may link to, found without parsing it: more than there are, and never too few in a text
    /// without escapes. At most ``limit``, in order.
    static func candidates(in text: [UInt8], folder: [Substring]) -> [String] {
        var keys: [String] = []
        var seen: Set<String> = []
        // What surrounds a target in Markdown and HTML: white space, () <> [] "" ''.
        for token in text.split(whereSeparator: { $0 <= 0x20 || Self.delimiters.contains($0) }) where token.count > 3 {
            let path = token.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
            guard ArticleFile.hasSuffix(path) else { continue }
            let url = String(decoding: path.filter { $0 != UInt8(ascii: "\\") }, as: UTF8.self)
            guard case .article(let key, _) = ArticleLink(url, in: folder), seen.insert(key).inserted else { continue }
            keys.append(key)
            if keys.count == limit { break }
        }
        return keys
    }

    /// How many other articles a revision takes into account.
    static let limit = 1000

    private static let delimiters = Set("()<>[]\"'".utf8)
}
