import OpenCXCore
import OpenCXSunshine
import OpenCXTesting
import Testing

/// What customers write after a handoff, and the end of a session.
struct FollowUpTests {
    private let sunshine = FakeSunshine()

    private func handedOff(_ sunshine: FakeSunshine) async throws -> String {
        let id = try await Sunshine.helpdesk(sunshine).open(.sample()).reference
        sunshine.state.withLock { $0.calls = [] }
        return id
    }

    @Test(arguments: ["next", "workspace", "id-workspace", "zd:agentWorkspace"])
    func `a message is posted in the customer's name, as they wrote it`(target: String) async throws {
        let id = try await handedOff(sunshine)
        let helpdesk = Sunshine.helpdesk(sunshine) { $0.agentWorkspace = target }
        try await helpdesk.append(Sunshine.followUp("Hello?", id, files: ["receipt.pdf"]))
        #expect(sunshine.calls == ["GET /conversations/\(id)", "POST /conversations/\(id)/messages"])
        let message = try #require(sunshine.conversation(id)?.messages.last)
        #expect(message["author"] == ["type": "user", "userExternalId": "opencx:contact-1"])
        #expect(sunshine.texts(id).last == "Hello?\n\nFiles: receipt.pdf")
    }

    @Test func `people who have let go of the conversation get it again, before the message`() async throws {
        let id = try await handedOff(sunshine)
        for active in ["bot", nil] {
            sunshine.control(id, by: active)
            sunshine.state.withLock { $0.calls = [] }
            let helpdesk = Sunshine.helpdesk(sunshine) { $0.agentWorkspace = active == nil ? "workspace" : "next" }
            try await helpdesk.append(Sunshine.followUp("Hello?", id))
            #expect(sunshine.conversation(id)?.active == "workspace")
            #expect(
                sunshine.calls == [
                    "GET /conversations/\(id)", "POST /conversations/\(id)/passControl",
                    "POST /conversations/\(id)/messages",
                ])
        }
    }

    @Test(arguments: FakeSunshine.Fault.allCases, ["bot", "workspace"])
    func `a message that breaks anywhere is there once after the next try`(fault: FakeSunshine.Fault, active: String)
        async throws
    {
        let long = String(repeating: "ä word ", count: 1500)
        let id = try await handedOff(sunshine)
        sunshine.control(id, by: active)
        try await Sunshine.helpdesk(sunshine).append(Sunshine.followUp(long, id))
        let calls = sunshine.calls.count
        #expect(sunshine.texts(id).suffix(3).joined() == long)
        for place in 0..<calls {
            let other = FakeSunshine()
            let id = try await handedOff(other)
            other.control(id, by: active)
            other.state.withLock { $0.faults = [place: fault] }
            let error = await #expect(throws: HelpdeskError.self) {
                try await Sunshine.helpdesk(other).append(Sunshine.followUp(long, id))
            }
            #expect(error?.isRetryable == true)
            try await Sunshine.helpdesk(other).append(Sunshine.followUp(long, id, isRetry: true))
            #expect(other.picture() == sunshine.picture(), "\(fault) at call \(place)")
        }
    }

    @Test(arguments: ["c404", "no/such id", ""]) func `a conversation that is gone holds nothing up`(id: String)
        async throws
    {
        let helpdesk = Sunshine.helpdesk(sunshine)
        try await helpdesk.append(Sunshine.followUp("Hello?", id))
        guard case .left = try await helpdesk.end(Sunshine.ending(id)) else {
            Issue.record("It was not there.")
            return
        }
    }

    @Test func `a conversation that is not ours is left alone`() async throws {
        let id = try await handedOff(sunshine)
        sunshine.state.withLock { $0.conversations[0].value.metadata = [:] }
        let error = await #expect(throws: HelpdeskError.self) {
            try await Sunshine.helpdesk(sunshine).append(Sunshine.followUp("Hello?", id))
        }
        #expect(error?.code == .rejected && sunshine.texts(id).count == 2)
    }

    // MARK: The end

    @Test func `the end is told to people who have the conversation, who keep it`() async throws {
        let id = try await handedOff(sunshine)
        let helpdesk = Sunshine.helpdesk(sunshine)
        guard case .left(let reason) = try await helpdesk.end(Sunshine.ending(id)) else {
            Issue.record("The team has it.")
            return
        }
        #expect(reason.contains("team"))
        #expect(sunshine.texts(id).last?.contains("Jane asked for the opening hours.") == true)
        #expect(sunshine.conversation(id)?.active == "workspace")
        #expect(try await helpdesk.end(Sunshine.ending(id, .closedUnresolved, isRetry: true)) == .done)
        #expect(sunshine.texts(id).count == 3)
        sunshine.control(id, by: "bot")
        #expect(try await helpdesk.end(Sunshine.ending(id)) == .done)
        #expect(sunshine.texts(id).count == 3)
    }

    @Test(arguments: FakeSunshine.Fault.allCases)
    func `an end that breaks anywhere is noted once after the next try`(fault: FakeSunshine.Fault) async throws {
        for place in 0..<2 {
            let sunshine = FakeSunshine()
            let id = try await handedOff(sunshine)
            sunshine.state.withLock { $0.faults = [place: fault] }
            let error = await #expect(throws: HelpdeskError.self) {
                _ = try await Sunshine.helpdesk(sunshine).end(Sunshine.ending(id))
            }
            #expect(error?.isRetryable == true)
            _ = try await Sunshine.helpdesk(sunshine).end(Sunshine.ending(id, isRetry: true))
            #expect(sunshine.texts(id).count == 3)
        }
    }
}
