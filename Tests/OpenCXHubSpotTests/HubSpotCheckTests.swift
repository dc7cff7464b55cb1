import OpenCXCore
import OpenCXHubSpot
import OpenCXTesting
import Testing

struct HubSpotCheckTests {
    private func problems(
        _ hubspot: HubSpot = HubSpot(), fault: FakeHubSpot.Fault? = nil
    ) async -> [String] {
        if let fault { hubspot.fake.fail(0, with: fault) }
        return await hubspot.account.check().filter(\.isProblem).map(\.text)
    }

    @Test func `an account that is set up has no problems, and nothing is written`() async throws {
        let hubspot = HubSpot {
            $0.inboxIDs = ["1"]
            $0.tickets.ownerID = "88"
            $0.tickets.properties = HubSpot.properties
            $0.tickets.properties.handoffKey = "opencx_handoff"
        }
        hubspot.fake.change { state in
            state.properties.insert("opencx_handoff")
            state.unique.insert("opencx_handoff")
        }
        let findings = await hubspot.account.check()
        #expect(findings.filter(\.isProblem).isEmpty)
        #expect(findings.contains { $0.text.contains("conversation.newMessage") && $0.text.contains(HubSpot.url) })
        #expect(findings.contains { $0.text.contains("1 (Support)") })
        let writes = hubspot.fake.calls.filter { !$0.hasPrefix("GET") && !$0.hasSuffix("/search") }
        #expect(writes.isEmpty)
    }

    @Test(arguments: [
        (FakeHubSpot.Fault.status(401), "access token"), (.status(403), "conversations.read"),
        (.unreachable, "cannot be reached"), (.status(429, body: #"{"policyName": "DAILY"}"#), "daily limit"),
    ])
    func `a token that does not work is said once`(fault: FakeHubSpot.Fault, words: String) async {
        let found = await problems(fault: fault)
        #expect(found.count == 1 && found.first?.contains(words) == true)
    }

    @Test func `what is missing is said, one by one`() async {
        let hubspot = HubSpot {
            $0.inboxIDs = ["1", "5"]
            $0.aiUserID = "4"
            $0.publicURL = "http://localhost"
            $0.clientSecret = Secret("")
            $0.tickets.ownerID = "11"
            $0.tickets.properties = HubSpotProperties(handoffKey: "opencx_session", tags: "missing")
        }
        let found = await problems(hubspot).joined(separator: "\n")
        for words in [
            "client secret", "https://", "no inbox 5", "No user 4", "no owner 11", "no property missing",
            "opencx_session is not unique",
        ] { #expect(found.contains(words), "\(words)") }
        #expect(await problems(HubSpot { $0.aiOwnerID = nil }).first?.contains("owner 77") == true)
    }
}
