import OpenCXCore
import Testing

struct HandoffSignalTests {
    private func signals(_ text: String, history: [String] = []) async throws -> [HandoffSignal] {
        let earlier = history.map {
            Message(id: "m", author: .customer, text: RedactedText(derived: $0), at: .epoch)
        }
        let request = ClassificationRequest(
            question: RedactedText(derived: text), history: earlier, topics: [], prohibited: [])
        return try await EmbeddedClassifier().classify(request).signals
    }

    @Test(arguments: [
        "I want to speak to a human", "can I talk to a real person?", "agent please", "Human!", "live agent",
        "Just let me talk to somebody", "put me through to your manager", "It's not working, let me talk to a person",
        "Can you get someone to help me?", "i need customer support", "No, I want to chat with an agent.",
        "Ich möchte mit einem Mitarbeiter sprechen", "Bitte verbinden Sie mich mit einem Menschen",
        "Je veux parler à un conseiller", "quiero hablar con un agente", "Vorrei parlare con un operatore",
    ])
    func `a request for a person is recognized`(text: String) async throws {
        #expect(try await signals(text).contains { $0.trigger == .explicitRequest })
    }

    @Test(arguments: [
        "Is there a human size chart?", "How do I change the agent portal password?",
        "I don't want to talk to an agent",
        "Can a second person use my gift card?", "Do your support poles break easily?", "Where is my order?",
        "How many people fit into the Ridgeline 3?", "I need to transfer the gift card to a friend",
    ])
    func `what only sounds like it is not`(text: String) async throws {
        #expect(try await !signals(text).contains { $0.trigger == .explicitRequest })
    }

    @Test(arguments: [
        ("This is the worst service ever, completely useless", 0.6...1.0),
        ("WHERE IS MY MONEY?!! THIS IS A SCAM", 0.6...1.0),
        ("Das ist eine Unverschämtheit!!", 0.6...1.0),
        ("My tent arrived with a hole, what can I do?", 0.0...0.2),
        ("Thanks, that was quick", 0.0...0.0),
        ("The zip of my FH-10423 jacket is stuck", 0.0...0.2),
    ])
    func `frustration is graded`(text: String, range: ClosedRange<Double>) async throws {
        let strength = try await signals(text).first { $0.trigger == .frustration }?.strength ?? 0
        #expect(range.contains(strength))
    }

    @Test func `saying the same thing again counts`() async throws {
        let text = "my parcel tracking still not updating"
        let once = try await signals(text).first?.strength ?? 0
        let again = try await signals(text, history: ["parcel tracking not updating"]).first?.strength ?? 0
        #expect(again > once)
    }
}
