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
        "I'd rather deal with a human", "could someone from your team call me?", "stop, no bot, I want a real person",
        "I wnat to speak to an agnet", "representitive please", "can i tlak to a humna", "are there any humans there?",
        "Is there somebody I can speak to?", "please escalate my case to your supervisor",
        "why can't I talk to a human",
        "I've asked three times now to speak with an advisor", "how do I get through to a real person",
        "I would like to be connected with customer service", "I don't want to talk to a robot", "nobody answers",
        "I need to speak with your billing department", "I'd like to file a complaint",
        "could I have a word with one of your mechanics", "Kann ich mit jemandem sprechen?",
        "Ich will einen echten Menschen", "Gibt es hier auch einen Mitarbeiter?", "Mitarbeiter bitte",
        "Ich möchte keinen Bot, ich möchte mit einem Menschen reden", "puis-je parler à quelqu'un ?",
        "passez-moi un responsable", "¿Puedo hablar con una persona?", "quiero un agente humano",
        "posso parlare con qualcuno?", "un operatore per favore", "quero falar com um atendente",
        "ik wil een medewerker spreken", "kan ik met iemand praten", "chcę rozmawiać z konsultantem",
        "хочу поговорить с оператором", "bir temsilciyle konuşmak istiyorum", "jag vill prata med en människa",
        "转人工", "オペレーターと話したい", "상담원 연결해 주세요", "أريد التحدث مع موظف", "agent se baat karni hai",
        "This is an emergency!", "It's urgent, please help", "I need an immediate solution", "Das ist ein Notfall",
        "Hi, could I talk to you?", "talk",
    ])
    func `a request for a person is recognized`(text: String) async throws {
        #expect(try await signals(text).contains { $0.trigger == .explicitRequest })
    }

    @Test(arguments: [
        "Is there a human size chart?", "How do I change the agent portal password?",
        "I don't want to talk to an agent",
        "Can a second person use my gift card?", "Do your support poles break easily?", "Where is my order?",
        "How many people fit into the Ridgeline 3?", "I need to transfer the gift card to a friend",
        "I don't need an agent", "No need for a human, thanks", "I can do it without talking to an agent",
        "Your agent told me the refund takes five days", "I was talking to an agent yesterday and got cut off",
        "How do I install the password manager?", "Can someone help me with my order?", "Are you human?",
        "Does the support team work on Sundays?", "What is the user agent string?", "My manager needs an invoice",
        "Can I transfer my subscription to another person?", "I want to give this as a gift to someone",
        "I need a tent for two people", "who is the manager of the store in Berlin", "Ich brauche keinen Mitarbeiter",
        "Für wie viele Menschen ist das Zelt?", "No quiero hablar con un agente",
        "¿Para cuántas personas es la tienda?",
        "je n'ai pas besoin d'un conseiller", "I spoke with a human already, it's fixed", "someone stole my package",
        "I need support for my back, which mattress?", "What does human error mean on the form?",
        "I want to connect my phone with the app", "Does your chat support German?",
        // Urgent, but it says what about, and that can be answered.
        "I need urgent help with my return", "What is your emergency policy for cancelled trips?", "It's not urgent",
        "Immediately, please", "Can I talk to you about my order from last week?",
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
        ("I already told you twice, nobody answers. Do your job", 0.6...1.0),
        ("You people keep wasting my time", 0.6...1.0),
        ("I'm losing patience with this", 0.6...1.0),
        ("Thanks for nothing", 0.6...1.0),
        ("Still waiting for my refund, no reply from anyone", 0.6...1.0),
        ("C'est honteux, personne ne répond !!", 0.6...1.0),
        ("Estoy harta, nadie responde", 0.6...1.0),
        ("Still waiting for my refund", 0.3...0.5),
        ("I'm disappointed with the tent", 0.3...0.5),
        ("I'm not angry, I just wonder where it is", 0.0...0.0),
        ("How many times can I enter a wrong PIN before it is blocked?", 0.0...0.2),
        ("Somebody stole my card", 0.0...0.2),
        ("My lawyer recommended that I ask for a copy of the contract", 0.0...0.4),
        ("What's wrong with my card?", 0.0...0.2),
        ("Das ist nicht schlimm", 0.0...0.0),
    ])
    func `frustration is graded`(text: String, range: ClosedRange<Double>) async throws {
        let strength = try await signals(text).first { $0.trigger == .frustration }?.strength ?? 0
        #expect(range.contains(strength))
    }

    @Test(arguments: [
        "That didn't help", "no, that is not what I asked", "👎", "I already tried that", "Das hat nicht geholfen.",
        "ça ne m'aide pas", "eso no me ayuda", "non mi aiuta", "dat helpt niet", "where is my blue rain jacket?",
    ])
    func `a conversation that gets nowhere is noticed`(text: String) async throws {
        let history = [
            Message(id: "1", author: .customer, text: "where is my blue rain jacket", at: .epoch),
            Message(id: "2", author: .ai, text: "Jackets are in the shop.", at: .epoch),
        ]
        func signals(_ history: [Message]) async throws -> [HandoffSignal] {
            try await EmbeddedClassifier().classify(
                ClassificationRequest(
                    question: RedactedText(derived: text), history: history, topics: [], prohibited: [])
            ).signals
        }
        #expect(try await signals(history).contains { $0.trigger == .noProgress && $0.strength >= 0.5 })
        // Before the AI has said anything there is nothing that could have helped.
        #expect(try await !signals([]).contains { $0.trigger == .noProgress })
    }

    @Test func `thanks and a new question are progress`() async throws {
        let history = [
            Message(id: "1", author: .customer, text: "where is my blue rain jacket", at: .epoch),
            Message(id: "2", author: .ai, text: "Jackets are in the shop.", at: .epoch),
        ]
        for text in ["Thanks, that helped", "and how do I return it?", "what about my red rain boots?"] {
            let request = ClassificationRequest(
                question: RedactedText(derived: text), history: history, topics: [], prohibited: [])
            #expect(try await !EmbeddedClassifier().classify(request).signals.contains { $0.trigger == .noProgress })
        }
    }

    @Test(arguments: ["This is ridiculous", "I hate this", "Das ist eine Frechheit"])
    func `anger that goes on weighs more than one angry message`(earlier: String) async throws {
        let text = "I'm disappointed"
        func strength(_ history: [String], _ text: String) async throws -> Double {
            try await signals(text, history: history).first { $0.trigger == .frustration }?.strength ?? 0
        }
        let once = try await strength([], text)
        #expect(try await strength([earlier], text) > once)
        // Only of what is angry itself: who has calmed down is calm.
        #expect(try await strength([earlier], "My order is FH-10423") == 0)
    }

    @Test func `saying the same thing again counts`() async throws {
        let text = "my parcel tracking still not updating"
        let once = try await signals(text).first?.strength ?? 0
        let again = try await signals(text, history: ["parcel tracking not updating"]).first?.strength ?? 0
        #expect(again > once)
    }
}
