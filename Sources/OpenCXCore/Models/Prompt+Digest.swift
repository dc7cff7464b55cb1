extension Prompt {
    /// The same for equal prompts, on every machine and in every release: tells whether a recorded reply answers this one.
    package var digest: String {
        var hash = StableHash()
        hash.combine(instructions.text)
        for turn in turns { turn.combine(into: &hash) }
        for tool in tools {
            hash.combine("tool \(tool.isStrict)")
            hash.combine(tool.name)
            hash.combine(tool.description)
            hash.combine(tool.schema)
        }
        if let form = responseForm {
            hash.combine("form")
            hash.combine(form.name)
            hash.combine(form.description)
            hash.combine(form.schema)
        }
        hash.combine("\(tokenLimit) \(temperature.map { "\($0)" } ?? "")")
        return String(hash.hexDigits.suffix(16))
    }
}

extension Prompt.Turn {
    fileprivate func combine(into hash: inout StableHash) {
        switch self {
        case .customer(let text):
            hash.combine("customer")
            hash.combine(text.text)
        case .model(let text, let calls):
            hash.combine("model")
            hash.combine(text.text)
            for call in calls {
                hash.combine(call.id)
                hash.combine(call.name)
                for (name, value) in call.arguments.sorted(by: { $0.key < $1.key }) {
                    hash.combine(name)
                    hash.combine(value.text)
                }
            }
        case .result(let call, let text, let isError):
            hash.combine("result \(isError)")
            hash.combine(call)
            hash.combine(text.text)
        }
    }
}
