internal import OpenCXCore

extension HandoffPolicy {
    init(_ reader: ConfigurationReader) throws {
        self.init()
        confidenceThreshold = try reader.number("confidence_threshold", in: 0...1) ?? confidenceThreshold
        clarificationLimit = try reader.integer("clarification_limit", in: 0...10) ?? clarificationLimit
        let preset = try reader.string("preset")
        let advanced = try reader.object("advanced")
        if preset != nil, advanced != nil {
            throw reader.problem("advanced", "cannot stand beside \"preset\"; only one of them is active")
        }
        if let preset {
            guard let known = HandoffPreset(rawValue: preset) else {
                let names = HandoffPreset.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
                throw reader.problem("preset", "must be one of \(names)")
            }
            mode = .preset(known)
        }
        if let advanced { mode = .advanced(try HandoffToggles(advanced)) }
        try reader.finish()
    }
}

extension HandoffToggles {
    init(_ reader: ConfigurationReader) throws {
        self.init()
        isEnabled = try reader.bool("enabled") ?? isEnabled
        onFrustration = try reader.bool("on_frustration") ?? onFrustration
        frustrationThreshold = try reader.number("frustration_threshold", in: 0...1) ?? frustrationThreshold
        onUnproductive = try reader.bool("on_unproductive") ?? onUnproductive
        onHumanRequest = try reader.bool("on_human_request") ?? onHumanRequest
        requiresProblem = try reader.bool("require_problem") ?? requiresProblem
        requiredReplies = try reader.integer("require_replies", in: 0...10) ?? requiredReplies
        requiredRepliesOnRequest =
            try reader.integer("require_replies_on_request", in: 0...10) ?? requiredRepliesOnRequest
        try reader.finish()
    }
}
