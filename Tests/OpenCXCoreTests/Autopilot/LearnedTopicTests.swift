import OpenCXTesting
import Testing

@testable import OpenCXCore

/// Topics that are learned from examples.
struct LearnedTopicTests {
    static let topics = [
        Topic(
            name: "Returns", summary: "sending goods back",
            examples: [
                "how do I send my tent back", "I want to return the boots",
                "can I exchange these shoes for a bigger size",
                "the jacket does not fit, where do I return it", "return label please", "start a return for my stove",
                "how many days do I have to return something",
            ]),
        Topic(
            name: "Delivery", summary: "shipping and parcels",
            examples: [
                "where is my parcel", "how long does shipping take", "my package has not arrived",
                "do you deliver to Norway",
                "tracking says delivered but I got nothing", "when will my shipment arrive", "delivery costs to France",
            ]),
        Topic(
            name: "Login", summary: "passwords and accounts",
            examples: [
                "I cannot sign in", "forgot my password", "my account is locked", "reset my password please",
                "login does not work", "the password mail never comes", "wrong password although it is right",
            ]),
    ]

    /// Learning takes longer than everything else here, so the tests that ask the same topics share what was learned.
    private static let shared = EmbeddedClassifier()

    private func match(_ text: String, outOfScope: [String] = [], embedder: (any Embedder)? = nil) async throws
        -> TopicMatch?
    {
        let classifier = embedder == nil ? Self.shared : EmbeddedClassifier(embedder: embedder)
        return try await classifier.classify(
            ClassificationRequest(
                question: RedactedText(derived: text), history: [], topics: Self.topics, prohibited: [],
                outOfScope: outOfScope)
        ).topics.gated
    }

    @Test(arguments: [
        ("I'd like to return my hiking boots", "Returns"), ("exchange for another size?", "Returns"),
        ("has my parcel shipped yet", "Delivery"), ("how much is delivery to Italy", "Delivery"),
        ("can't log in, password forgotten", "Login"), ("my pasword is wrong", "Login"),
    ])
    func `a message finds its topic`(text: String, topic: String) async throws {
        let match = try #require(try await match(text))
        #expect(match.topic == topic)
        #expect(match.score >= 0.5)
    }

    @Test(arguments: [
        "who won the match yesterday", "what is the weather in Oslo", "tell me a joke",
        "", "?!?!", "👎👎👎", "what is the speed of light",
    ])
    func `what is about something else is told so`(text: String) async throws {
        #expect(try await match(text)?.score ?? 0 < 0.5)
    }

    @Test func `examples of something else count`() async throws {
        let text = "my parcel shelf in the car is broken"
        let other = [
            "the parcel shelf in my car rattles", "how do I mount the parcel shelf in the car", "car shelf broken",
            "where do I buy a parcel shelf for my car",
        ]
        let before = try await match(text)?.score ?? 0
        let after = try await match(text, outOfScope: other)?.score ?? 0
        #expect(after < before)
    }

    @Test func `training comes out alike each time`() async throws {
        let request = ClassificationRequest(
            question: "my boots never arrived", history: [], topics: Self.topics, prohibited: [])
        let again = try await EmbeddedClassifier().classify(request).topics
        #expect(try await Self.shared.classify(request).topics == again)
    }

    @Test func `few examples are compared with, many are learned`() async throws {
        let few = [Topic(name: "Login", summary: "password, signing in", examples: ["I cannot sign in"])]
        let request = ClassificationRequest(
            question: "my password does not let me sign in", history: [], topics: few, prohibited: Self.topics)
        let topics = try await EmbeddedClassifier().classify(request).topics
        #expect(topics.gated?.topic == "Login" && topics.prohibited?.topic == "Login")
        #expect(topics.gated.map { $0.score >= 0.5 } == true)
    }

    struct LetterEmbedder: Embedder {
        var fails = false
        var name: String { "letters" }

        func embed(_ texts: [RedactedText]) async throws -> [[Float]] {
            if fails { throw ModelError(.unavailable, "down") }
            return texts.map { text in
                var vector = [Float](repeating: 0, count: 26)
                for byte in text.text.lowercased().utf8 where (97..<123).contains(byte) { vector[Int(byte) - 97] += 1 }
                return vector
            }
        }
    }

    @Test func `embeddings are features, and words do without them`() async throws {
        let plain = try await match("has my parcel shipped yet")
        let embedded = try await match("has my parcel shipped yet", embedder: LetterEmbedder())
        let down = try await match("has my parcel shipped yet", embedder: LetterEmbedder(fails: true))
        #expect(embedded?.topic == "Delivery" && embedded?.score != plain?.score)
        #expect(down == plain)
    }

    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            "a", "\u{0}", "👩‍👩‍👧‍👦", "e\u{301}", "\u{202E}مرحبا ", "漢", "word ", "no one ", "human! ", "not ", "SHOUT!! ",
        ])
    func `a megabyte of anything is read in a moment`(piece: String) async throws {
        let text = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
        _ = try await match(text)
        let mixed = try await match("where is my parcel " + text)
        #expect(mixed.map { $0.score.isFinite } != false)
    }

    @Test func `logarithm and exponential are those of the C library`() {
        let known: [(Double, Double)] = [
            (1, 0), (2, 0.6931471805599453), (10, 2.302585092994046), (0.001, -6.907755278982137),
        ]
        for (x, log) in known {
            #expect(abs(Elementary.log(x) - log) < 1e-12)
            #expect(abs(Elementary.exp(log) - x) < 1e-12 * max(1, x))
        }
        #expect(Elementary.exp(-1000) == 0 && Elementary.exp(1000) == .infinity && Elementary.logistic(0) == 0.5)
        #expect(Elementary.log(0) == -.infinity)
    }

    @Test func `examples may be hostile, too`() async throws {
        let text = String(repeating: "e\u{301}\u{0}", count: 20_000)
        let topics = [Topic(name: text, summary: text, examples: Array(repeating: text, count: 5))]
        let request = ClassificationRequest(
            question: RedactedText(derived: text), history: [], topics: topics, prohibited: [], outOfScope: [text])
        #expect(try await EmbeddedClassifier().classify(request).topics.gated?.score.isFinite != false)
    }
}
