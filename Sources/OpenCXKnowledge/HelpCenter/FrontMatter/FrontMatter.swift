internal import Markdown
internal import OpenCXCore
internal import YAML

/// What an article's front matter says. Help centers keep more in theirs (slugs, SEO titles): unknown keys are ignored.
struct FrontMatter {
    var title: String?
    var description = ""
    var locale: LanguageTag?
    var topic: String?
    var url: String?
    var audience = Audience.everyone

    /// Nothing said.
    init() {}

    /// Reads front matter.
    ///
    /// Whatever is unclear about who may see the article is an error, never "everyone".
    ///
    /// - Throws: ``YAMLError``, with lines counted from the start of `yaml`.
    init(yaml: [UInt8]) throws(YAMLError) {
        guard let root = try YAMLParser.parse(yaml), !root.isNull else { return }
        guard case .map(let entries) = root.value else {
            throw YAMLError(
                line: root.line, message: "there is \(root.summary); expected lines like `title: Your title`")
        }
        var isDraft = false
        var segments: [String]?
        var seen: Set<String> = []
        for entry in entries {
            // `Draft: true` is meant as it reads.
            let name = entry.key.lowercased()
            guard let key = Key(rawValue: name) else { continue }
            if !seen.insert(name).inserted { throw key.error(entry.line, "stands here for the second time; keep one") }
            switch key {
            case .title: title = try entry.text(key)
            case .description: description = try entry.text(key) ?? ""
            case .locale: locale = try entry.locale(key)
            case .topic: topic = try entry.text(key)
            case .url: url = try entry.url(key)
            case .draft: isDraft = try entry.flag(key)
            case .segments: segments = try entry.segments(key)
            }
        }
        audience = isDraft ? .draft : segments.map(Audience.segments) ?? .everyone
    }

    enum Key: String {
        case title, description, locale, topic, url, draft, segments

        fileprivate func error(_ line: Int, _ message: String) -> YAMLError {
            YAMLError(line: line, message: "`\(rawValue)` \(message)")
        }

        fileprivate func expected(_ what: String, butHas value: YAMLNode) -> YAMLError {
            error(value.line, "is \(value.summary); expected \(what)")
        }
    }
}

extension YAMLNode.Entry {
    fileprivate func text(_ key: FrontMatter.Key) throws(YAMLError) -> String? {
        guard case .scalar(let text, _) = value.value else { throw key.expected("a text", butHas: value) }
        if value.isNull { return nil }
        let words = text.collapsingSpaces()
        if words.unicodeScalars.contains(where: { $0.value < 0x20 }) {
            throw key.error(value.line, "holds a control character; take it out")
        }
        return words.isEmpty ? nil : words
    }

    fileprivate func locale(_ key: FrontMatter.Key) throws(YAMLError) -> LanguageTag? {
        guard let text = try text(key) else { return nil }
        guard let tag = LanguageTag(checking: text) else {
            throw key.expected("a language tag such as en or pt-BR", butHas: value)
        }
        return tag
    }

    fileprivate func url(_ key: FrontMatter.Key) throws(YAMLError) -> String? {
        guard let text = try text(key) else { return nil }
        let scheme = LinkSafety.scheme(of: text)
        guard scheme == "https" || scheme == "http", !text.contains(" ") else {
            throw key.expected("an address that starts with https:// or http://", butHas: value)
        }
        return text
    }

    fileprivate func flag(_ key: FrontMatter.Key) throws(YAMLError) -> Bool {
        guard case .scalar(let text, isPlain: true) = value.value else {
            throw key.expected("true or false, without quotes", butHas: value)
        }
        switch text.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: throw key.expected("true or false, without quotes", butHas: value)
        }
    }

    fileprivate func segments(_ key: FrontMatter.Key) throws(YAMLError) -> [String] {
        let expectation = "the name of a segment or a list of names; for everybody, take the key out"
        let nodes: [YAMLNode]
        switch value.value {
        case .scalar: nodes = [value]
        case .list(let items): nodes = items
        case .map: throw key.expected(expectation, butHas: value)
        }
        if nodes.isEmpty { throw key.error(value.line, "is an empty list; expected \(expectation)") }
        var names: [String] = []
        for node in nodes {
            guard case .scalar(let text, _) = node.value, !node.isNull else {
                throw key.expected(expectation, butHas: node)
            }
            let name = text.collapsingSpaces()
            if name.isEmpty { throw key.expected(expectation, butHas: node) }
            if !names.contains(name) { names.append(name) }
        }
        return names
    }
}
