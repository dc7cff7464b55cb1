/// Classifies with a language model: topics, prohibited topics and signs in one call with structured output.
///
/// The customer's words stand between fences, and the model chooses among the topics' handles, so that nothing it reads can add a
/// topic. When it fails or answers in another form, ``fallback`` decides.
public struct ModelClassifier: MessageClassifier {
    /// The model.
    public var model: any LanguageModel
    /// Who classifies when the model cannot.
    public var fallback: any MessageClassifier

    /// Makes a classifier; the embedded one stands in for a model that is down.
    public init(_ model: any LanguageModel, fallback: any MessageClassifier = EmbeddedClassifier()) {
        self.model = model
        self.fallback = fallback
    }

    /// Gets the fallback ready.
    public func prepare(for autopilot: Autopilot) async { await fallback.prepare(for: autopilot) }

    /// See ``MessageClassifier/classify(_:)``.
    public func classify(_ request: ClassificationRequest) async throws -> Classification {
        do {
            let prompt = Self.prompt(request)
            let reply = try await request.context.ask(model.name, prompt) { try await model.complete(prompt) }
            if let classification = Self.read(reply, request) { return classification }
            request.context.note(.failed(stage: "classify", reason: "The model's classification had the wrong form."))
        } catch let error as CancellationError {
            // Of a replay's model, too, which has no other way to say that nobody knows the answer.
            throw error
        } catch {
            request.context.note(.failed(stage: "model", reason: safeDescription(of: error)))
        }
        return try await fallback.classify(request)
    }

    // MARK: The question

    private static func prompt(_ request: ClassificationRequest) -> Prompt {
        let fence = Fence(seed: request.context.seed)
        var instructions = """
            You classify the last message that a customer wrote to a support team. Answer in the given form and say nothing else.
            - topic: the handle of the topic that the message is about, or "none". topic_score: how sure you are, 0 to 1.
            - prohibited: the same for the prohibited topics.
            - human: how clearly the customer asks for a person, 0 to 1. "Is there a human size chart" does not ask.
            - frustration: how frustrated the customer is with the service, 0 to 1. A calm report of a problem is 0.
            - stuck: how clearly the customer says that the answers so far did not help, or asks the same again, 0 to 1.
            - sentiment: how the customer sounds.
            \(fence.rule)

            """
        instructions += list("Topics", "T", request.topics) + list("Prohibited topics", "P", request.prohibited)
        if !request.outOfScope.isEmpty {
            let examples = request.outOfScope.prefix(20).map { "- \($0)" }.joined(separator: "\n")
            instructions += "Messages about none of them:\n\(examples)\n"
        }
        let earlier = request.history.suffix(6).map { message in
            "\(message.author == .customer ? "Customer" : "Support"): \(message.text.text.prefix(500))"
        }
        var data = ""
        if !earlier.isEmpty { data += fence.around("earlier", earlier.joined(separator: "\n")) }
        data += fence.around("message", String(request.question.text.prefix(4000)))
        return Prompt(
            instructions: RedactedText(derived: instructions), turns: [.customer(RedactedText(derived: data))],
            responseForm: form(request), tokenLimit: 200)
    }

    private static func list(_ title: String, _ letter: String, _ topics: [Topic]) -> String {
        guard !topics.isEmpty else { return "" }
        let lines = topics.enumerated().map { place, topic in
            let examples = topic.examples.prefix(5).map { "“\($0)”" }.joined(separator: ", ")
            return [
                "\(letter)\(place + 1): \(topic.name)", topic.summary, examples.isEmpty ? "" : "such as \(examples)",
            ].filter { !$0.isEmpty }.joined(separator: "; ")
        }
        return "\(title):\n\(lines.joined(separator: "\n"))\n"
    }

    private static func form(_ request: ClassificationRequest) -> ResponseForm {
        func handles(_ letter: String, _ count: Int) -> JSONValue {
            let names = (0..<count).map { JSONValue.string("\(letter)\($0 + 1)") }
            return ["type": "string", "enum": .array(names + [.string("none")])]
        }
        let number: JSONValue = ["type": "number"]
        return ResponseForm(
            name: "classification", description: "What the message is about and what it asks for.",
            schema: [
                "type": "object", "additionalProperties": false,
                "required": [
                    "topic", "topic_score", "prohibited", "prohibited_score", "human", "frustration", "stuck",
                    "sentiment",
                ],
                "properties": [
                    "topic": handles("T", request.topics.count), "topic_score": number,
                    "prohibited": handles("P", request.prohibited.count), "prohibited_score": number,
                    "human": number, "frustration": number, "stuck": number,
                    "sentiment": ["type": "string", "enum": ["angry", "neutral", "happy"]],
                ],
            ])
    }

    // MARK: The answer

    private static func read(_ reply: ModelReply, _ request: ClassificationRequest) -> Classification? {
        guard let json = try? JSONValue(parsing: Array(reply.text.reveal().utf8)),
            let sentiment = (json["sentiment"]?.string).flatMap(Sentiment.init(rawValue:)),
            let gated = match(json, "topic", "T", request.topics),
            let prohibited = match(json, "prohibited", "P", request.prohibited)
        else { return nil }
        var signals: [HandoffSignal] = []
        for (name, trigger) in signs {
            guard let strength = score(json[name]) else { return nil }
            if strength >= 0.05 {
                signals.append(
                    HandoffSignal(trigger: trigger, strength: strength, evidence: request.question.firstLine(200)))
            }
        }
        return Classification(
            topics: TopicMatches(gated: gated, prohibited: prohibited), signals: signals, sentiment: sentiment)
    }

    private static let signs: [(String, HandoffTrigger)] = [
        ("human", .explicitRequest), ("stuck", .noProgress), ("frustration", .frustration),
    ]

    /// - Returns: `nil` for an answer of the wrong form; a match of `nil` for none of the topics.
    private static func match(_ json: JSONValue, _ name: String, _ letter: String, _ topics: [Topic]) -> TopicMatch?? {
        guard let handle = json[name]?.string, let score = score(json[name + "_score"]) else { return nil }
        if handle == "none" { return .some(nil) }
        guard handle.hasPrefix(letter), let number = Int(handle.dropFirst()), topics.indices.contains(number - 1) else {
            return nil
        }
        return TopicMatch(topic: topics[number - 1].name, score: score)
    }

    private static func score(_ value: JSONValue?) -> Double? {
        let number: Double? =
            switch value {
            case .integer(let number): Double(number)
            case .number(let number): number
            default: nil
            }
        guard let number, number.isFinite else { return nil }
        return min(1, max(0, number))
    }
}
