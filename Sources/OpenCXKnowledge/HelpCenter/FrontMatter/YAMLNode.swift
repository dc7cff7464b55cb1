/// A value of a YAML text, and the line it starts on.
struct YAMLNode {
    indirect enum Value {
        /// Any text, number or keyword; `isPlain` when it stands without quotes.
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        /// Entries in order; keys that are no scalars are left out.
        case map([Entry])
    }

    struct Entry {
        var key: String
        var value: YAMLNode
        /// The line the key stands on.
        var line: Int
    }

    var value: Value
    var line: Int

    /// Nothing at all: `~`, `null`, or no value after the colon.
    var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = value else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// What it is, for error messages.
    var summary: String {
        switch value {
        case .scalar where isNull: "nothing"
        case .scalar(let text, _): text.quoted()
        case .list: "a list"
        case .map: "a map"
        }
    }
}

/// Why a YAML text cannot be read.
struct YAMLError: Error, Equatable {
    /// Counts from 1 within the YAML text.
    var line: Int
    var message: String
}
