public import OpenCXCore

/// A language model that writes bit by bit what test code tells it to.
public struct StreamingModel: LanguageModel {
    /// What a model does next.
    public enum Step: Sendable {
        /// It writes this.
        case text(String)
        /// Something happens before it writes on.
        case pause(@Sendable () async throws -> Void)
        /// It breaks off.
        case fail(ModelError)
        /// It wants a tool called.
        case call(ModelCall)
    }

    /// The name it goes by.
    public let name: String
    private let script: @Sendable (Prompt) -> [Step]

    /// Makes a model that takes these steps for a prompt.
    public init(name: String = "streaming", _ script: @escaping @Sendable (Prompt) -> [Step]) {
        self.name = name
        self.script = script
    }

    /// Takes all the steps, and says all of it at once.
    public func complete(_ prompt: Prompt) async throws -> ModelReply {
        var steps = Steps(steps: script(prompt), model: name).makeAsyncIterator()
        while let delta = try await steps.next() {
            if case .finished(let reply) = delta { return reply }
        }
        throw ModelError(.unreachable, "The script has come to its end.")
    }

    /// Takes step by step, as it is read.
    public func stream(_ prompt: Prompt) async throws -> ModelStream {
        Steps(steps: script(prompt), model: name)
    }

    private struct Steps: AsyncSequence, Sendable {
        let steps: [Step]
        let model: String

        func makeAsyncIterator() -> Iterator { Iterator(left: steps[...], model: model) }

        struct Iterator: AsyncIteratorProtocol {
            var left: ArraySlice<Step>
            let model: String
            var text = ""
            var calls: [ModelCall] = []
            var isFinished = false

            mutating func next() async throws -> ModelDelta? {
                if isFinished { return nil }
                while let step = left.popFirst() {
                    switch step {
                    case .text(let more):
                        text += more
                        return .text(UnredactedText(more))
                    case .pause(let body): try await body()
                    case .fail(let error): throw error
                    case .call(let call): calls.append(call)
                    }
                }
                isFinished = true
                return .finished(
                    ModelReply(
                        text: UnredactedText(text), calls: calls, finish: calls.isEmpty ? .stop : .toolCalls,
                        model: model))
            }
        }
    }
}
