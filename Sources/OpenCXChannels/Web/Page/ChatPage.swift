/// The chat page that the demo serves: plain HTML, a style sheet and a script, without a build step and without
/// anything from another host.
package enum ChatPage {
    /// What the page may load and run, as the value of a `Content-Security-Policy` header.
    package static let contentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'self'; "
        + "frame-ancestors 'self'; object-src 'none'"

    /// The page, with the brand's name, the first words of the assistant, and questions to start with.
    package static func html(title: String, greeting: String, suggestions: [String]) -> String {
        let buttons = suggestions.map { #"<li><button type="button">\#(escape($0))</button></li>"# }
        let values = [
            "title": escape(title), "greeting": escape(greeting), "suggestions": buttons.joined(separator: "\n"),
        ]
        return fill(template, with: values)
    }

    /// Fills in one pass over the template, so that a value which looks like a mark stays a value.
    private static func fill(_ template: String, with values: [String: String]) -> String {
        var page = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            page += rest[..<open]
            let name = rest[open...].dropFirst(2).prefix { $0 != "}" }
            page += values[String(name)] ?? ""
            rest = rest[name.endIndex...].dropFirst(2)
        }
        return page + rest
    }

    private static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
