import OpenCXCore
import OpenCXTesting
import Testing

struct RunLoopTests {
    @Test(.timeLimit(.minutes(5))) func `the loop answers what comes in while it runs, and ends when cancelled`()
        async throws
    {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Hello!"))
        var events = desk.agent.events().makeAsyncIterator()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await desk.agent.run() }
            for number in 1...20 {
                _ = try await desk.agent.receive(
                    desk.channel.message("Hi", thread: ThreadID("t\(number)"), providerID: "m\(number)"))
            }
            var answers = 0
            while answers < 20, let event = await events.next() {
                if event.kind == .aiResponse { answers += 1 }
            }
            group.cancelAll()
            while let _ = try? await group.next() {}
        }
        try await desk.agent.runUntilIdle()
        #expect(desk.sent.count == 20)
    }

    @Test(.timeLimit(.minutes(5))) func `a collecting delay waits for the customer to finish`() async throws {
        let desk = Desk(
            answerer: ScriptedAnswerer { .answer(Answer(text: $0.question, confidence: 1, basis: .smallTalk)) },
            settings: AgentSettings(collectingDelay: [.web: .seconds(3)]))
        var events = desk.agent.events().makeAsyncIterator()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await desk.agent.run() }
            _ = try await desk.agent.receive(desk.channel.message("One", providerID: "1"))
            desk.clock.advance(by: .seconds(2))
            _ = try await desk.agent.receive(desk.channel.message("Two", providerID: "2"))
            try await desk.clock.waitForSleepers(count: 1)
            desk.clock.advance(by: .seconds(3))
            while let event = await events.next(), event.kind != .aiResponse {}
            group.cancelAll()
        }
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["One\nTwo"])
    }
}
