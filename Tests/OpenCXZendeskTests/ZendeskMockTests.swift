import FoundationEssentials
import OpenCXCore
import OpenCXCurl
import OpenCXTesting
import OpenCXZendesk
import Testing

/// Where a mock of Zendesk listens that checks requests against Zendesk's own description; `Scripts/vendor-mock-check` starts it.
private let mock = ProcessInfo.processInfo.environment["OPENCX_VENDOR_MOCK"]

/// A scripted day. The mock always shows the same ticket, 35436, and may fail; then each step is tried again, as the outbox would.
@Suite(.serialized, .enabled(if: mock != nil, "no mock server; run Scripts/vendor-mock-check"))
struct ZendeskMockTests {
    private let http = CurlHTTPClient(CurlConfiguration(addresses: .unrestricted))
    private let clock = ManualClock(start: Zendesk.now)

    private func configuration(_ change: (inout ZendeskConfiguration) -> Void = { _ in }) -> ZendeskConfiguration {
        Zendesk.configuration {
            $0.baseURL = mock ?? ""
            $0.handlesUnassigned = true
            change(&$0)
        }
    }

    private func untilDone<Result>(_ step: (_ isRetry: Bool) async throws -> Result) async throws -> Result {
        for place in 0..<9 {
            do {
                return try await step(place > 0)
            } catch let error as any DeliveryFailure where error.isRetryable {
                continue
            }
        }
        return try await step(true)
    }

    @Test(arguments: ["customer@example.com", "new@example.com", nil])
    func `a chat is handed off`(email: String?) async throws {
        let helpdesk = ZendeskHelpdesk(
            configuration { ($0.handoffGroup, $0.ticketNumberField) = (98738, 4401) }, http: http, clock: clock)
        var handoff = HandoffPackage.sample()
        handoff.contact.email = email
        handoff.tags = ["Größe M", "vip & more"]
        handoff.transcript += (0..<30).map { place in
            TranscriptLine(
                author: .ai, text: UnredactedText("\(place) ü \u{1}" + String(repeating: "words ", count: 800)),
                at: .epoch)
        }
        let package = handoff
        for isSecond in [false, true] {
            let receipt = try await untilDone { isRetry in
                var package = package
                package.isRetry = isRetry || isSecond
                return try await helpdesk.open(package)
            }
            #expect(receipt.reference == "35436")
        }
    }

    @Test func `a mail is answered, handed off in place and ended`() async throws {
        let channel = ZendeskChannel(configuration(), http: http, clock: clock)
        let helpdesk = ZendeskHelpdesk(configuration { $0.handoffGroup = 98738 }, http: http, clock: clock)
        let created = try await untilDone { _ in
            try await channel.receive(Zendesk.event("created", ticket: 35436, [:]))
        }
        #expect(created.map { $0.text.reveal() } == ["Where is it?"])
        let written = try await untilDone { _ in
            try await channel.receive(
                Zendesk.event("comment_added", ticket: 35436, Zendesk.comment("Hi", by: 501), ["assignee_id": "12"]))
        }
        #expect(written.first?.sender.email == "customer@example.com")
        for text in ["Hello", "**Grüße**, 100 % & <more>\n\n- a\n- b\n\n| a | b |\n|---|---|\n| 1 | 2 |"] {
            _ = try await untilDone { isRetry in try await channel.send(Zendesk.outbound(text, isRetry: isRetry)) }
        }
        _ = try await untilDone { isRetry in
            var handoff = HandoffPackage.sample()
            (handoff.reference, handoff.isRetry) = ("35436", isRetry)
            return try await helpdesk.open(handoff)
        }
        for status in [SessionStatus.closedResolved, .closedUnresolved] {
            _ = try await untilDone { isRetry in
                try await helpdesk.end(Zendesk.ending("35436", status, tags: ["Late"], isRetry: isRetry))
            }
        }
    }

    @Test func `the account is looked at`() async throws {
        let configuration = configuration {
            ($0.agent, $0.handoffGroup, $0.webhooks) = (77, 1, ["01EJFTSCC78X5V07NPY2MHR00M"])
        }
        #expect(await !ZendeskHelpdesk(configuration, http: http, clock: clock).check().isEmpty)
        #expect(await !ZendeskArticles(configuration, http: http).check().isEmpty)
    }

    @Test func `the help center is read`() async throws {
        let source = ZendeskArticles(configuration(), http: http)
        func again<Result>(_ step: () async throws -> Result) async throws -> Result {
            for _ in 0..<9 {
                do { return try await step() } catch let error as KnowledgeSourceError where error.code == .unreachable
                {}
            }
            return try await step()
        }
        let listed = try await again { try await source.list().revisions }
        #expect(listed.keys.sorted() == ["en-us/35467"])
        let article = try await again { try await source.article("en-us/35467") }
        #expect(article.markdown == "Refunds take five days." && article.revision == listed["en-us/35467"])
        let other = try await again { try? await source.article("de/35467") }
        #expect(other == nil)
    }
}
