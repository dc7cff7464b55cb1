import OpenCXCore
import Testing

struct AutopilotTests {
    static let billing = TopicMatch(topic: "Billing", score: 0.8)
    static let weak = TopicMatch(topic: "Billing", score: 0.4)

    @Test(arguments: [
        (TopicGate.all, nil, AutopilotDecision.Verdict.ai),
        (.never([]), billing, .team(.topic)),
        (.never([]), weak, .ai),
        (.never([]), nil, .ai),
        (.only([]), billing, .ai),
        (.only([]), weak, .team(.topic)),
        (.only([]), nil, .team(.topic)),
    ])
    func `topics gate the answer`(gate: TopicGate, match: TopicMatch?, verdict: AutopilotDecision.Verdict) {
        let decision = Autopilot(topics: gate).decide(channel: "web", matches: TopicMatches(gated: match))
        #expect(decision.verdict == verdict)
    }

    @Test func `the switch comes before the topics, and prohibited topics before the gate`() {
        let matches = TopicMatches(gated: Self.billing, prohibited: Self.billing)
        let autopilot = Autopilot(channels: ["sms": false], topics: .only([]))
        #expect(autopilot.decide(channel: "sms", matches: matches).verdict == .team(.autopilotOff))
        #expect(autopilot.decide(channel: "web", matches: matches).verdict == .team(.prohibitedTopic))
    }

    @Test(arguments: [
        ("I forgot my password and cannot sign in", "Login", true),
        ("my pasword is not accepted", "Login", true),
        ("Which tent is best for winter?", "Login", false),
        ("You charged my card twice", "Billing", true),
    ])
    func `topics match by what they describe`(text: String, topic: String, matches: Bool) async throws {
        let topics = [
            Topic(name: "Login", summary: "password, signing in, account locked", examples: ["I cannot sign in"]),
            Topic(name: "Billing", summary: "charges and payments", examples: ["My card was charged twice"]),
        ]
        let found = try await EmbeddedClassifier().classify(
            ClassificationRequest(question: RedactedText(derived: text), history: [], topics: topics, prohibited: [])
        ).topics.gated
        #expect((found?.topic == topic && (found?.score ?? 0) >= 0.5) == matches)
    }
}
