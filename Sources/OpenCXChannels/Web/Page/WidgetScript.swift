internal import OpenCXCore

/// The chat as one script: plain JavaScript without a build step and without anything from another host.
///
/// It runs on other people's pages, under policies as strict as there are. So it lives in a shadow root, styles itself by a
/// constructed style sheet, runs nothing that is not in this file, and makes DOM nodes, never HTML source.
enum WidgetScript {
    /// The script, with what the team has set for everybody.
    static func text(_ page: WebChatPage, files: WebFiles?) -> String {
        let settings: JSONValue = [
            "title": .string(page.title), "greeting": .string(page.greeting),
            "suggestions": .array(page.suggestions.map(JSONValue.string)),
            "files": files.map {
                ["limit": .integer(Int64($0.limit)), "endings": .array($0.endings.map(JSONValue.string))]
            } ?? .null,
        ]
        // JSON is JavaScript, whatever stands in its strings.
        return "(() => {\n'use strict';\n\nconst team = \(json(settings));\nconst css = \(json(.string(style)));\n\n"
            + [start, words, markdown, memory, view, attachments, conversation, stream, actions].joined(separator: "\n")
            + "})();\n"
    }

    private static func json(_ value: JSONValue) -> String { String(decoding: value.serialized(), as: UTF8.self) }
}
