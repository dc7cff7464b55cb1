import OpenCXCore
import OpenCXTesting
import Testing

struct RetryTests {
    static let prompt = Prompt(instructions: "Be kind.", turns: [.customer("Hello")])
    static let hello = ModelReply(text: UnredactedText("Hello!"), model: "m")

    /// Runs the model and moves the clock to each deadline; returns the waits.
    private func waits(of model: ScriptedModel, _ clock: ManualClock) async throws -> (waits: [Int64], ModelReply?) {
        let retrying = RetryingModel(model, clock: clock, ids: SequentialIDs())
        let start = clock.now()
        return try await withThrowingTaskGroup(of: ModelReply?.self) { group in
            group.addTask { try? await retrying.complete(Self.prompt) }
            group.addTask {
                while !Task.isCancelled {
                    try? await clock.waitForSleepers(count: 1)
                    if let deadline = clock.nextDeadline { clock.advance(to: deadline) }
                }
                return nil
            }
            let reply = try await group.next() ?? nil
            group.cancelAll()
            return ([(clock.now() - start).inMilliseconds], reply)
        }
    }

    @Test(arguments: [
        ModelError(.unavailable, "x", status: 500), ModelError(.overloaded, "x", status: 529),
        ModelError(.rateLimited, "x", status: 429), ModelError(.timeout, "x", status: 408),
        ModelError(.badRequest, "x", status: 409), ModelError(.unreachable, "x"),
        ModelError(.badRequest, "x", status: 400, shouldRetry: true),
    ])
    func `a failure that passes is tried twice again, half a second and a second later`(error: ModelError) async throws
    {
        let left = Locked(2)
        let model = ScriptedModel { _ in
            let fails = left.withLock { left in
                left -= 1
                return left >= 0
            }
            if fails { throw error }
            return Self.hello
        }
        let (waits, reply) = try await waits(of: model, ManualClock())
        #expect(reply?.text.reveal() == "Hello!")
        #expect(model.prompts.count == 3)
        #expect((1125...1500).contains(waits[0]))
    }

    @Test(arguments: [
        ModelError(.badRequest, "x", status: 400), ModelError(.unauthorized, "x", status: 401),
        ModelError(.quotaExceeded, "x", status: 429), ModelError(.contextTooLong, "x", status: 400),
        ModelError(.malformed, "x"), ModelError(.unavailable, "x", status: 500, shouldRetry: false),
        ModelError(.rateLimited, "x", status: 429, retryAfter: .seconds(61)),
    ])
    func `what does not pass is not tried again`(error: ModelError) async throws {
        let model = ScriptedModel { _ in throw error }
        let (waits, reply) = try await waits(of: model, ManualClock())
        #expect(reply == nil && model.prompts.count == 1 && waits == [0])
    }

    @Test func `what the vendor asks for counts`() async throws {
        let model = ScriptedModel { _ in throw ModelError(.rateLimited, "x", status: 429, retryAfter: .seconds(7)) }
        let (waits, _) = try await waits(of: model, ManualClock())
        #expect(waits == [14_000] && model.prompts.count == 3)
    }

    @Test func `no wait of ours is longer than eight seconds, and jitter shortens it by a quarter at most`() {
        let policy = ModelRetryPolicy(retries: 100)
        let error = ModelError(.overloaded, "x")
        #expect(policy.delay(after: error, retry: 50, jitter: 0) == .seconds(8))
        #expect(policy.delay(after: error, retry: 0, jitter: 0.999)! > .milliseconds(375))
        #expect(policy.delay(after: error, retry: 100, jitter: 0) == nil)
    }

    @Test func `the next model of a chain answers while one is down, and the trace can tell`() async throws {
        let clock = ManualClock()
        let isDown = Locked(true)
        let first = ScriptedModel(name: "first") { _ in
            if isDown.withLock({ $0 }) { throw ModelError(.overloaded, "Too much.", status: 529) }
            return ModelReply(text: UnredactedText("1"), model: "first")
        }
        let second = ScriptedModel(
            name: "second", replies: [ModelReply(text: UnredactedText("2"), model: "second")])
        let chain = FallbackModel([first, second], clock: clock)
        let reply = try await chain.complete(Self.prompt)
        #expect(reply.model == "second" && reply.passedOver == ["first: Too much. (status 529)"])
        // It is left alone for a while, then asked again.
        _ = try await chain.complete(Self.prompt)
        #expect(first.prompts.count == 1)
        clock.advance(by: .seconds(31))
        isDown.withLock { $0 = false }
        #expect(try await chain.complete(Self.prompt).model == "first")
    }

    @Test func `a streamed reply tells too which models of a chain were down`() async throws {
        let down = ScriptedModel(name: "first") { _ in throw ModelError(.overloaded, "Too much.", status: 529) }
        let second = StreamingModel(name: "second") { _ in [.text("Good "), .text("day.")] }
        var texts: [String] = []
        var end: ModelReply?
        for try await delta in try await FallbackModel([down, second], clock: ManualClock()).stream(Self.prompt) {
            switch delta {
            case .text(let text): texts.append(text.reveal())
            case .finished(let reply): end = reply
            }
        }
        #expect(texts == ["Good ", "day."] && end?.text.reveal() == "Good day.")
        #expect(end?.passedOver == ["first: Too much. (status 529)"])
    }

    @Test func `a refusal ends the chain, and a chain that is down altogether says so`() async throws {
        let refusing = ScriptedModel(
            replies: [ModelReply(text: UnredactedText("No."), isRefusal: true, finish: .refused, model: "a")])
        let other = ScriptedModel(replies: [Self.hello])
        #expect(try await FallbackModel([refusing, other], clock: ManualClock()).complete(Self.prompt).isRefusal)
        #expect(other.prompts.isEmpty)
        let down = ScriptedModel { _ in throw ModelError(.unreachable, "Gone.") }
        let chain = FallbackModel([down, down], clock: ManualClock())
        await #expect(throws: ModelError(.unreachable, "Gone.")) { try await chain.complete(Self.prompt) }
        // Nothing rests when everything does.
        await #expect(throws: ModelError.self) { try await chain.complete(Self.prompt) }
        #expect(down.prompts.count == 4)
    }

    @Test func `a model that cannot stream says everything at once`() async throws {
        var texts: [String] = []
        var end: ModelReply?
        for try await delta in try await ScriptedModel(replies: [Self.hello]).stream(Self.prompt) {
            switch delta {
            case .text(let text): texts.append(text.reveal())
            case .finished(let reply): end = reply
            }
        }
        #expect(texts == ["Hello!"] && end?.text.reveal() == "Hello!")
    }
}
