import OpenCXCore
import OpenCXTesting
import OpenCXZendesk
import Testing

struct CheckTests {
    private let zendesk = FakeZendesk()

    private func problems(_ change: (inout ZendeskConfiguration) -> Void = { _ in }) async -> [String] {
        await Zendesk.helpdesk(zendesk, change).check().filter(\.isProblem).map(\.text)
    }

    @Test func `an account that is set up has no problems`() async {
        #expect(await problems { ($0.handoffGroup, $0.webhooks) = (7, ["01EJ"]) }.isEmpty)
        #expect(
            zendesk.calls == ["GET /api/v2/users/me", "GET /api/v2/groups", "GET /api/v2/webhooks/01EJ/signing_secret"])
    }

    @Test func `what is missing is told in words, without secrets`() async {
        #expect(await problems { $0.signingSecrets = [] }.first?.contains("signing secret") == true)
        #expect(await problems { $0.handoffGroup = 8 }.first?.contains("group 8") == true)
        #expect(await problems { $0.agent = 77 }.first?.contains("77") == true)
        #expect(await problems { $0.agent = Zendesk.ana }.first?.contains("12") == true)
        zendesk.state.withLock { $0.webhookSecret = "changed" }
        let changed = await problems { $0.webhooks = ["01EJ"] }
        #expect(changed.count == 1 && !changed[0].contains("changed"))
        zendesk.state.withLock { $0.users[Zendesk.agent]?["role"] = "end-user" }
        #expect(await problems().first?.contains("agent") == true)
        // Zendesk shows strangers a user without an id.
        zendesk.state.withLock { $0.users[Zendesk.agent]?["id"] = .null }
        #expect(await problems().first?.contains("API token") == true)
        zendesk.state.withLock { $0.faults = [$0.calls.count: .dropped] }
        #expect(await problems().first?.contains("reached") == true)
    }
}
