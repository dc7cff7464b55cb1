/// The tags of a page as a browser would see them, for checks that must not depend on how markup is written.
struct HTMLTokens {
    struct Tag {
        var name: String
        var attributes: [(name: String, value: String)]
    }

    private(set) var tags: [Tag] = []
    /// What stands between tags.
    private(set) var text = ""

    init(_ html: String) {
        var rest = Substring(html)
        while let open = rest.firstIndex(of: "<") {
            text += rest[..<open]
            rest = rest[rest.index(after: open)...]
            let isTag = rest.first.map { $0.isLetter || $0 == "/" || $0 == "!" || $0 == "?" } ?? false
            guard isTag else {
                text += "<"
                continue
            }
            if let tag = Self.tag(&rest) { tags.append(tag) }
        }
        text += rest
    }

    /// Reads up to the end of a tag, quoted values and all; `nil` for an end tag or a declaration.
    private static func tag(_ rest: inout Substring) -> Tag? {
        let isEnd = rest.first == "/" || rest.first == "!" || rest.first == "?"
        let name = rest.prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
        rest = rest[name.endIndex...]
        var attributes: [(name: String, value: String)] = []
        while let next = rest.first, next != ">" {
            if next.isWhitespace || next == "/" {
                rest.removeFirst()
                continue
            }
            let key = rest.prefix { !$0.isWhitespace && $0 != "=" && $0 != ">" }
            rest = rest[key.endIndex...]
            var value = ""
            if rest.first == "=" {
                rest.removeFirst()
                if let quote = rest.first, quote == "\"" || quote == "'" {
                    rest.removeFirst()
                    value = String(rest.prefix { $0 != quote })
                    rest = rest.dropFirst(value.count + 1)
                } else {
                    value = String(rest.prefix { !$0.isWhitespace && $0 != ">" })
                    rest = rest[rest.index(rest.startIndex, offsetBy: value.count)...]
                }
            }
            attributes.append((key.lowercased(), value))
        }
        rest = rest.dropFirst()
        return isEnd ? nil : Tag(name: name.lowercased(), attributes: attributes)
    }

    /// What could run, or load something from elsewhere.
    var dangers: [String] {
        var dangers: [String] = []
        for tag in tags {
            let values = Dictionary(tag.attributes, uniquingKeysWith: { $1 })
            switch tag.name {
            case "script":
                if values["src"]?.hasPrefix("/team/assets/") != true { dangers.append("script") }
            case "link":
                if values["href"]?.hasPrefix("/team/assets/") != true { dangers.append("link") }
            case "style", "iframe", "object", "embed", "base", "img", "image", "video", "audio", "xss", "math",
                "template",
                "foreignobject", "use", "animate", "set", "marquee":
                dangers.append(tag.name)
            default: break
            }
            for (name, value) in tag.attributes {
                if name.hasPrefix("on")
                    || ["style", "srcdoc", "formaction", "xlink:href", "ping", "background"].contains(name)
                {
                    dangers.append("\(tag.name) \(name)")
                }
                if ["href", "src", "action"].contains(name) {
                    let isFine = ["/", "#", "?", "http://", "https://", "mailto:"].contains { value.hasPrefix($0) }
                    if !isFine || value.hasPrefix("//") { dangers.append("\(tag.name) \(name)=\(value)") }
                }
            }
        }
        return dangers
    }
}
