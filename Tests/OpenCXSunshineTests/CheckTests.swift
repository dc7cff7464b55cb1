import OpenCXCore
import OpenCXSunshine
import OpenCXTesting
import Testing

struct CheckTests {
    private let sunshine = FakeSunshine()

    private func problems(_ change: (inout SunshineConfiguration) -> Void = { _ in }) async -> [String] {
        await Sunshine.helpdesk(sunshine, change).check().filter(\.isProblem).map(\.text)
    }

    @Test func `an app that is set up has no problems`() async {
        #expect(await problems().isEmpty)
        #expect(
            sunshine.calls == [
                "GET ", "GET /switchboards", "GET /switchboards/sw1/switchboardIntegrations",
                "GET /integrations/int-ours/webhooks",
            ])
        #expect(await problems { $0.agentWorkspace = "workspace" }.isEmpty)
        sunshine.state.withLock { $0.board = ["workspace"] }
        #expect(await problems().isEmpty)
    }

    @Test func `what is missing is told in words, without secrets`() async {
        #expect(await problems { $0.webhookSecrets = [] }.first?.contains("secret") == true)
        #expect(await problems { $0.agentWorkspace = "zd:agents" }.first?.contains("workspace") == true)
        #expect(await problems { $0.integration = "other" }.first?.contains("other") == true)
        sunshine.state.withLock { $0.secret = "changed" }
        let changed = await problems()
        #expect(changed.count == 1 && !changed[0].contains("changed"))
        sunshine.state.withLock { ($0.secret, $0.triggers) = (Sunshine.secret, ["conversation:message"]) }
        #expect(await problems().first?.contains("releaseControl") == true)
        sunshine.state.withLock { ($0.triggers, $0.board) = (["*"], ["bot", "mail", "workspace"]) }
        #expect(await problems().first?.contains("agent workspace") == true)
        sunshine.state.withLock {
            ($0.board, $0.hasStandbyEvents) = (["bot", "workspace", "ours"], false)
        }
        #expect(await problems().first?.contains("deliverStandbyEvents") == true)
        sunshine.state.withLock { ($0.hasStandbyEvents, $0.isEnabled) = (true, false) }
        #expect(await problems().first?.contains("off") == true)
    }

    @Test(arguments: [(401, "credentials"), (403, "app_"), (404, "no such app"), (503, "moment")])
    func `refusals are told in words`(status: Int, words: String) async {
        sunshine.state.withLock { $0.refusal = status }
        let problems = await problems()
        #expect(problems.count == 1 && problems[0].contains(words) && !problems[0].contains("k3y"))
    }
}
