/// A subcommand: what it is called, what it takes, and what it does.
struct Command: Sendable {
    /// `knowledge sync` has two words.
    var name: String
    var summary: String
    /// What stands after the name, for the usage line: `"QUESTION"`.
    var operands: [Operand] = []
    var options: [Option] = []
    var discussion = ""
    var run: @Sendable (Invocation) async throws -> Void

    struct Operand: Sendable {
        var name: String
        var isOptional = false
        /// Takes all that is left.
        var isRepeated = false
    }

    struct Option: Sendable, Hashable {
        /// With the leading hyphens.
        var name: String
        /// What stands for the value; `nil` for a switch.
        var value: String?
        var help: String
    }
}

/// A command line, read.
struct Invocation: Sendable {
    var operands: [String] = []
    var values: [String: String] = [:]
    var switches: Set<String> = []
    var terminal: Terminal

    subscript(option: String) -> String? { values[option] }

    func has(_ option: String) -> Bool { switches.contains(option) }

    /// An option's value as a whole number.
    func number(_ option: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = values[option] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw UsageError(
                "\(option) must be a whole number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\".")
        }
        return number
    }
}

/// The command line is wrong: exit code 2.
struct UsageError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The command could not do its work: exit code 1.
struct Failure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}

extension Command {
    /// The name, word by word.
    var words: [String] { name.split(separator: " ").map(String.init) }

    /// Reads the words after the command's name.
    func parse(_ words: ArraySlice<String>, terminal: Terminal) throws -> Invocation {
        var invocation = Invocation(terminal: terminal)
        var rest = words
        var onlyOperands = false
        while let word = rest.popFirst() {
            if word == "--", !onlyOperands {
                onlyOperands = true
            } else if word.hasPrefix("-"), word.count > 1, !onlyOperands {
                try readOption(word, &rest, &invocation)
            } else {
                invocation.operands.append(word)
            }
        }
        let required = operands.count { !$0.isOptional }
        if invocation.operands.count < required {
            throw UsageError("\(operands[invocation.operands.count].name) is missing.")
        }
        if invocation.operands.count > operands.count, operands.last?.isRepeated != true {
            let word = invocation.operands[operands.count]
            throw UsageError("\"\(word)\" is one word too many. Put text with spaces in quotes.")
        }
        return invocation
    }

    private func readOption(_ word: String, _ rest: inout ArraySlice<String>, _ invocation: inout Invocation) throws {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let option = (options + Self.common).first(where: { $0.name == parts[0] }) else {
            throw UsageError("There is no option \(parts[0]).")
        }
        if option.value == nil {
            if parts.count > 1 { throw UsageError("\(option.name) takes no value.") }
            invocation.switches.insert(option.name)
        } else if parts.count > 1 {
            invocation.values[option.name] = parts[1]
        } else if let value = rest.popFirst() {
            invocation.values[option.name] = value
        } else {
            throw UsageError("\(option.name) needs a value.")
        }
    }

    /// What every command takes.
    static let common: [Option] = [
        Option(name: "--data", value: "DIR", help: "where everything is kept (default: .opencx; \"none\": in memory)"),
        Option(name: "--knowledge", value: "DIR", help: "a folder of Markdown articles, one folder a topic"),
        Option(name: "--config", value: "FILE", help: "a JSON file with settings; see docs/Configuration.md"),
        Option(name: "--help", value: nil, help: "show this help"),
    ]

    var usage: String {
        let words = operands.map { operand in
            let name = operand.isRepeated ? operand.name + "..." : operand.name
            return operand.isOptional ? "[\(name)]" : name
        }
        return (["usage: opencx-demo", name] + words + ["[options]"]).joined(separator: " ")
    }

    var help: String {
        let all = options + Self.common
        let labels = all.map { option in option.value.map { "\(option.name) \($0)" } ?? option.name }
        let width = labels.map(\.count).max() ?? 0
        let lines = zip(labels, all).map { label, option in
            "  \(label)\(String(repeating: " ", count: width - label.count + 2))\(option.help)"
        }
        let text = discussion.isEmpty ? "" : "\n\(discussion)\n"
        return "\(summary)\n\n\(usage)\n\(text)\noptions:\n\(lines.joined(separator: "\n"))"
    }
}
