import Foundation
import OpenCXAnthropic
import OpenCXCore
import OpenCXCurl
import OpenCXOpenAI
import OpenCXPlatform
import Synchronization

/// Who is measured: the embedded classifier, or a language model.
struct Candidate {
    let classifier: any MessageClassifier
    fileprivate let model: CountedModel?
    fileprivate let fallback: CountedClassifier?

    /// How often the model was asked, what that took, and how often the embedded classifier stood in; `nil` without a model.
    var summary: String? {
        guard let model, let fallback else { return nil }
        let (asked, failed, tokens) = model.counts.withLock { ($0.asked, $0.failed, $0.tokens) }
        let stoodIn = fallback.count.withLock { $0 }
        return "model \(model.name): asked \(asked) times, failed \(failed) times, answered in another form "
            + "\(stoodIn - failed) times (the embedded classifier stood in); \(tokens) tokens"
    }
}

extension Options {
    func candidate() -> Candidate {
        let embedded = EmbeddedClassifier()
        guard let model else { return Candidate(classifier: embedded, model: nil, fallback: nil) }
        let counted = CountedModel(languageModel(model))
        let fallback = CountedClassifier(embedded)
        return Candidate(
            classifier: ModelClassifier(counted, fallback: fallback), model: counted, fallback: fallback)
    }

    private func languageModel(_ name: String) -> any LanguageModel {
        let http = CurlHTTPClient(CurlConfiguration(addresses: .unrestricted))
        let key = keyVariable.flatMap { ProcessInfo.processInfo.environment[$0] }.map { Secret($0) }
        switch (provider, modelURL) {
        case ("anthropic", nil): return AnthropicModel(name, on: AnthropicServer(apiKey: key), http: http)
        case ("anthropic", let url?):
            return AnthropicModel(name, on: AnthropicServer(baseURL: url, apiKey: key), http: http)
        case (_, nil): return OpenAIModel(name, on: OpenAIServer(apiKey: key), http: http)
        case (_, let url?):
            return OpenAIModel(name, on: OpenAIServer(baseURL: url, apiKey: key, dialect: .compatible), http: http)
        }
    }
}

/// A model, and what it was asked.
private struct CountedModel: LanguageModel {
    struct Counts {
        var asked = 0
        var failed = 0
        var tokens = 0
    }

    let model: RetryingModel
    let counts = Shared(Counts())

    var name: String { model.name }

    init(_ model: any LanguageModel) {
        self.model = RetryingModel(model, clock: SystemClock(), ids: RandomIDs())
    }

    func complete(_ prompt: Prompt) async throws -> ModelReply {
        counts.withLock { $0.asked += 1 }
        do {
            let reply = try await model.complete(prompt)
            counts.withLock { $0.tokens += (reply.usage.promptTokens ?? 0) + (reply.usage.replyTokens ?? 0) }
            return reply
        } catch {
            counts.withLock { $0.failed += 1 }
            throw error
        }
    }
}

/// A classifier, and how often it was needed.
private struct CountedClassifier: MessageClassifier {
    let classifier: EmbeddedClassifier
    let count = Shared(0)

    init(_ classifier: EmbeddedClassifier) { self.classifier = classifier }

    func prepare(for autopilot: Autopilot) async { await classifier.prepare(for: autopilot) }

    func classify(_ request: ClassificationRequest) async throws -> Classification {
        count.withLock { $0 += 1 }
        return try await classifier.classify(request)
    }
}

/// A count that two values share.
private final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) { self.value = Mutex(value) }

    func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result { value.withLock { body(&$0) } }
}
