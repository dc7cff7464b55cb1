/// A value of a YAML text, and the line it starts on.
package struct YAMLNode: Sendable {
    package indirect enum Value: Sendable {
        /// Any text, number or keyword; `isPlain` when it stands without quotes.
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        /// Entries in order; keys that are no scalars are left out.
        case map([Entry])
    }

    package struct Entry: Sendable {
        package var key: String
        package var value: YAMLNode
        /// The line the key stands on.
        package var line: Int
    }

    package var value: Value
    package var line: Int

    /// Nothing at all: `~`, `null`, or no value after the colon.
    package var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = value else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// What it is, for error messages.
    package var summary: String {
        switch value {
        case .scalar where isNull: "nothing"
        case .scalar(let text, _): "\"\(text.prefix(40))\(text.count > 40 ? "…" : "")\""
        case .list: "a list"
        case .map: "a map"
        }
    }
}

/// Why a YAML text cannot be read.
package struct YAMLError: Error, Equatable {
    /// Counts from 1 within the YAML text.
    package var line: Int
    package var message: String

    /// Makes an error.
    package init(line: Int, message: String) {
        self.line = line
        self.message = message
    }
}
