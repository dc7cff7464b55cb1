/// Why the AI stopped, in a sentence for the person who takes over.
enum Explanation {
    static func autopilot(_ trigger: HandoffTrigger, topic: String?) -> RedactedText {
        let named: RedactedText = topic.map { RedactedText(derived: "“\($0)”") } ?? "any allowed topic"
        return switch trigger {
        case .autopilotOff: "Autopilot is off on this channel."
        case .prohibitedTopic: "The message is about " + named + ", which the AI must not speak of."
        case .topic where topic == nil: "The message is about none of the topics that autopilot answers."
        default: "The message is about " + named + ", which autopilot leaves to the team."
        }
    }

    static func signal(_ signal: HandoffSignal) -> RedactedText {
        switch signal.trigger {
        case .explicitRequest: "The customer asked for a person: " + signal.evidence
        case .noProgress: "The conversation gets nowhere: " + signal.evidence
        default: "The customer sounds frustrated: " + signal.evidence
        }
    }

    static func judgement(_ judgement: Judgement) -> RedactedText {
        if judgement.objections.isEmpty {
            let numbers = "\(percent(judgement.confidence)) of the \(percent(judgement.threshold)) it needs"
            return "The best answer reached a confidence of " + RedactedText(derived: numbers) + "."
        }
        let words = judgement.objections.map(\.rawValue).joined(separator: ", ")
        return "The proposed answer was refused: " + RedactedText(derived: words) + "."
    }

    static func undeliverable(_ reason: String) -> RedactedText {
        "The channel did not take the answer to the customer: " + RedactedText(derived: reason)
    }

    private static func percent(_ share: Double) -> String {
        "\(Int((share * 100).rounded())) %"
    }
}
