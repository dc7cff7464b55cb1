import FoundationEssentials
import OpenCXCore
import OpenCXCurl
import OpenCXHubSpot
import OpenCXPlatform
import OpenCXTesting
import Testing

/// Where a mock of HubSpot listens that checks requests against its description; `Scripts/vendor-mock-check hubspot`
/// starts it.
private let mock = ProcessInfo.processInfo.environment["OPENCX_VENDOR_MOCK"]

/// A day at HubSpot, with the faults of `Scripts/vendor-mock-hubspot` in it. The mock keeps nothing: what is looked at
/// here is that each request is one that HubSpot describes.
@Suite(.enabled(if: mock != nil, "no mock server; run Scripts/vendor-mock-check"), .serialized)
struct HubspotMockTests {
    private let hubspot = HubSpot()
    private let account: HubSpotAccount

    init() {
        account = Self.account()
    }

    private static func account(_ change: (inout HubSpotConfiguration) -> Void = { _ in }) -> HubSpotAccount {
        var configuration = HubSpot.configuration
        configuration.baseURL = mock ?? ""
        configuration.tickets = HubSpotTicketSettings(ownerID: "88", properties: HubSpot.properties)
        change(&configuration)
        return HubSpotAccount(
            configuration, http: CurlHTTPClient(CurlConfiguration(addresses: .unrestricted)), clock: SystemClock())
    }

    private func webhook(_ events: JSONValue...) -> WebhookRequest {
        HubSpot.signed(JSONValue.array(events).serialized(), at: SystemClock().now().milliseconds)
    }

    /// Tries until it gets through, as the outbox does.
    private func patiently<Result: Sendable>(
        _ work: (_ isRetry: Bool) async throws -> Result
    ) async throws -> Result {
        for attempt in 0..<6 {
            do {
                return try await work(attempt > 0)
            } catch let failure as any DeliveryFailure where failure.isRetryable {
                continue
            }
        }
        return try await work(true)
    }

    private func handoff(_ reference: String?, email: String?, isRetry: Bool, lines: Int = 3) -> HandoffPackage {
        var handoff = hubspot.handoff(reference: reference, isRetry: isRetry, lines: lines)
        handoff.contact.email = email
        return handoff
    }

    @Test func `a day`() async throws {
        let (channel, helpdesk) = (HubSpotChannel(of: account), HubSpotHelpdesk(of: account))
        let thread = "1234567"
        // A first message, one that was cut, and one of a person's; the first look meets an outage.
        let told = webhook(
            hubspot.event("conversation.creation", thread, id: 1),
            hubspot.event("conversation.newMessage", thread, id: 2, message: "2f5e1a0c"),
            hubspot.event("conversation.newMessage", thread, id: 3, message: "cut"),
            hubspot.event("conversation.newMessage", thread, id: 4, message: "person"),
            hubspot.event("conversation.propertyChange", thread, id: 5, property: ("assignedTo", "A-7")),
            hubspot.event("conversation.propertyChange", thread, id: 6, property: ("status", "OPEN")))
        let events = try await patiently { _ in try await channel.events(in: told) }
        #expect(events.compactMap(\.message).contains { $0.text.reveal() == "Hello" })
        #expect(events.compactMap(\.team).map(\.activity.words).contains("hubspot:A-8 replied Hello"))
        // An answer: too often, then a connection that breaks.
        _ = try await patiently { isRetry in
            try await channel.send(
                hubspot.outbound("It is **on its way**.", isRetry: isRetry, thread: "thread-1234567"))
        }
        // A handoff in place, and the end of another.
        _ = try await patiently { isRetry in
            try await helpdesk.open(handoff("thread-1234567", email: "customer@example.com", isRetry: isRetry))
        }
        let trial = HubSpotHelpdesk(
            of: Self.account { ($0.handoffAssignee, $0.tickets.ownerID) = ("A-8", nil) })
        _ = try await patiently { isRetry in
            try await trial.open(handoff("thread-1234567", email: nil, isRetry: isRetry))
        }
        _ = try await patiently { try await helpdesk.end(hubspot.ending("thread-1234567", isRetry: $0)) }
        // Tickets: of somebody new, of somebody known, of somebody without an address, and a long one.
        for email in ["new@example.com", "known@example.com", nil] {
            _ = try await patiently { try await helpdesk.open(handoff(nil, email: email, isRetry: $0)) }
            _ = try await helpdesk.open(handoff(nil, email: email, isRetry: true, lines: 12))
        }
        let keyed = HubSpotHelpdesk(of: Self.account { $0.tickets.properties.handoffKey = "opencx_handoff" })
        _ = try await keyed.open(handoff(nil, email: "known@example.com", isRetry: true))
        // Again in a ticket that there is, and its end.
        for isRetry in [false, true] {
            _ = try await patiently {
                try await helpdesk.open(handoff("600", email: "known@example.com", isRetry: isRetry || $0))
            }
            _ = try await patiently { try await helpdesk.end(hubspot.ending("600", isRetry: isRetry || $0)) }
            _ = try await patiently { try await helpdesk.end(hubspot.ending("512", isRetry: isRetry || $0)) }
        }
        // What a person sends from a ticket.
        let sent = try await helpdesk.events(
            in: webhook(
                hubspot.event("conversation.newMessage", thread, id: 7, message: "person"),
                hubspot.event("ticket.propertyChange", "512", id: 8, property: ("hs_pipeline_stage", "4"))))
        #expect(sent.map(\.activity.words) == ["hubspot:A-8 replied Hello", "ended closed_resolved by ?"])
    }

    @Test func `a look at the account`() async throws {
        let account = Self.account { $0.tickets.properties.handoffKey = "opencx_handoff" }
        let findings = await account.check()
        #expect(findings.count > 4)
    }

    @Test func `a grant is renewed`() async throws {
        let account = Self.account {
            $0.credentials = .oauth(clientID: "id", clientSecret: Secret("s"), refreshToken: Secret("r"))
        }
        let findings = await account.check()
        #expect(findings.contains { $0.text.contains("The token works") })
    }
}
