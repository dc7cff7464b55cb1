internal import OpenCXCore

/// What the person who takes over reads first: what it is about, how the customer sounds, and why the AI stopped.
enum HandoffCard {
    static func html(_ handoff: HandoffRecord) -> HTML {
        section(.class("handoff-card"), .aria(.label, "Handoff")) {
            details(.open) {
                summary {
                    strong { "Handed off" }
                    sentiment(handoff.sentiment)
                    span(.class("badge")) { Words.of(handoff.trigger) }
                    Moment.html(handoff.at)
                }
                if !handoff.summary.isEmpty {
                    div(.class("said"), .dir("auto"), .tabindex(0)) { HTML.said(handoff.summary) }
                }
                // A summary often ends with it.
                if !handoff.explanation.isEmpty, !handoff.summary.text.contains(handoff.explanation.text) {
                    p(.class("quiet-text")) { HTML.redacted(handoff.explanation) }
                }
            }
        }
    }

    static func sentiment(_ sentiment: Sentiment) -> HTML {
        switch sentiment {
        case .angry: span(.class("badge bad")) { "Upset" }
        case .neutral: span(.class("badge")) { "Neutral" }
        case .happy: span(.class("badge good")) { "Happy" }
        }
    }
}

/// The product's own words for what the core names.
enum Words {
    static func of(_ stage: DeliveryStage) -> String {
        switch stage {
        case .sent: "Passed on by the provider"
        case .delivered: "Arrived"
        case .read: "Read"
        case .failed: "Did not arrive; it is sent again"
        }
    }

    static func of(_ trigger: HandoffTrigger) -> String {
        switch trigger {
        case .lowConfidence: "No reliable answer"
        case .prohibitedTopic: "Prohibited topic"
        case .frustration: "Frustrated customer"
        case .noProgress: "Gets nowhere"
        case .explicitRequest: "Asked for a person"
        case .autopilotOff: "Autopilot is off"
        case .topic: "Topic is the team's"
        case .actionUnknown: "Unknown whether an action was done"
        case .actionFailed: "An action failed"
        case .aiDecision: "The AI decided"
        case .turnFailed: "The AI failed"
        case .undeliverable: "Could not be delivered"
        case .person: "Taken over"
        }
    }

    static func of(_ reason: HandoffReason) -> String {
        switch reason {
        case .basedOnInstructions: "By instructions"
        case .instructionsNotClear: "Instructions not clear"
        case .insufficientKnowledge: "Not enough knowledge"
        case .insufficientTools: "No fitting action"
        case .prohibitedTopic: "Prohibited topic"
        case .userRequestedHumanAssistance: "Asked for a person"
        }
    }

    static func of(_ reason: WithheldReason) -> String {
        switch reason {
        case .ownerChanged: "somebody else had the session by then"
        case .sessionClosed: "the session had ended by then"
        case .newerMessage: "the customer had written again by then"
        case .stopped: "the customer wanted none"
        }
    }

    static func of(_ outcome: ActionRecord.Outcome) -> String {
        switch outcome {
        case .succeeded: "done"
        case .notFound: "not found"
        case .failed: "failed"
        case .badArguments: "wrong arguments"
        case .unknown: "unknown whether done"
        }
    }

    static func of(_ silence: AssistSilence) -> String {
        switch silence {
        case .off: "Drafts are off on this channel."
        case .ownedByAI: "The AI answers here by itself. Take over first."
        case .closed: "The conversation has ended."
        case .nothingAsked: "The customer has asked nothing since the last answer."
        case .topic(let topic): "There are no drafts about this topic: \(topic)."
        case .notHelpful(let why): "The AI has no reliable answer: \(why.text)"
        }
    }
}
