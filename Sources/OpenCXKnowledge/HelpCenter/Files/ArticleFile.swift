internal import OpenCXCore

/// How articles lie in the folder.
enum ArticleFile {
    /// Endings of names of articles, in the order in which they are looked for.
    static let extensions = [".md", ".markdown"]

    /// The article's key: the path without the ending, or `nil` when the file is none.
    static func key(ofPath path: String) -> String? {
        guard let ending = extensions.first(where: path.hasSuffix) else { return nil }
        let key = String(path.dropLast(ending.count))
        return isKey(key) ? key : nil
    }

    /// Whether the bytes end like the name of an article.
    static func hasSuffix(_ path: ArraySlice<UInt8>) -> Bool {
        endings.contains { path.count > $0.count && path.suffix($0.count).elementsEqual($0) }
    }

    private static let endings = extensions.map { Array($0.utf8) }

    /// Whether a text can be a key at all: no way out of the folder, nothing hidden, no empty names.
    static func isKey(_ key: String) -> Bool {
        !key.contains("\0")
            && key.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { name in
                !name.isEmpty && !name.hasPrefix(".")
            }
    }

    /// The names of the folders that lead to the article.
    static func folders(of key: String) -> [Substring] {
        key.split(separator: "/").dropLast()
    }

    /// The file's own name and the language at its end, if it has one: `refunds.de` is `refunds` in German.
    static func name(of key: String) -> (stem: Substring, language: LanguageTag?) {
        let name = key.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex,
            let language = LanguageTag(fileNameSuffix: name[name.index(after: dot)...])
        else { return (name, nil) }
        return (name[..<dot], language)
    }

    /// A name of a file or folder as people would write it: `refund_times-2` becomes `Refund times 2`.
    static func readable(_ name: some StringProtocol) -> String {
        let words = name.split { $0 == "-" || $0 == "_" || $0.isWhitespace }.joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
