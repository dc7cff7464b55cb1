internal import OpenCXCore

/// What a listing remembers of a file: enough to tell whether the article changed, without parsing it.
struct ArticleDigest {
    /// A hash of the whole file.
    let content: String
    /// A hash of the front matter; other articles' links depend on it.
    let frontMatter: String
    /// The keys of the articles that it may link to.
    let targets: [String]

    init(_ bytes: [UInt8], key: String) {
        content = Self.hash(bytes)
        frontMatter = Self.frontMatter(startOf: bytes)
        targets = ArticleLink.candidates(in: bytes, folder: ArticleFile.folders(of: key))
    }

    /// The hash of the front matter of a file of which only the start is known.
    static func frontMatter(startOf bytes: [UInt8]) -> String {
        hash(SourceText.frontMatter(startOf: bytes) ?? [])
    }

    /// Changes with the file, with the settings, and with what decides where the article's links lead: whether their
    /// targets exist, and what address they give themselves.
    ///
    /// - Parameter target: the hash of the front matter of another article; `nil` when there is none.
    func revision(settings: [String], target: (String) -> String?) -> String {
        var hash = StableHash()
        for setting in settings { hash.combine(setting) }
        hash.combine(content)
        for key in targets {
            hash.combine(key)
            hash.combine(target(key) ?? "missing")
        }
        return hash.hexDigits
    }

    private static func hash(_ bytes: [UInt8]) -> String {
        var hash = StableHash()
        hash.combine(bytes)
        return hash.hexDigits
    }
}
