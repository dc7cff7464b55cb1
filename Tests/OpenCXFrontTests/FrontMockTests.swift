import FoundationEssentials
import OpenCXCore
import OpenCXCurl
import OpenCXFront
import OpenCXTesting
import Testing

/// Where a mock of Front listens that checks requests against a description of Front's API; `Scripts/vendor-mock-check` starts it.
/// Which conversations trouble it, and which it says are merged, is in `Scripts/vendor-mock-front`.
private let mock = ProcessInfo.processInfo.environment["OPENCX_VENDOR_MOCK"]

@Suite(.enabled(if: mock != nil, "no mock server; run Scripts/vendor-mock-check"))
struct FrontMockTests {
    private let account = Front.account(CurlHTTPClient(CurlConfiguration(addresses: .unrestricted))) {
        $0.baseURL = mock ?? ""
        $0.handlesUnassigned = true
        $0.handoffTags = ["billing", "AI handoff"]
    }
    private var channel: FrontChannel { FrontChannel(account) }
    private var helpdesk: FrontHelpdesk { FrontHelpdesk(account) }

    private func handoff(in conversation: String, isRetry: Bool = false) -> HandoffPackage {
        Front.handoff(reference: conversation, isRetry: isRetry)
    }

    private func ending(in conversation: String, isRetry: Bool = false) -> ConversationEnding {
        var ending = Front.ending(isRetry: isRetry, tags: ["billing"])
        ending.reference = conversation
        return ending
    }

    @Test func `a day: message, reply, handoff, a person's reply, archive, reopening, tags`() async throws {
        let inbound = try await channel.receive(Front.application("inbound_received", Front.event("inbound")))
        #expect(inbound.first?.text.reveal() == "Hello" && inbound.first?.sender.email == "customer@example.com")
        for text in ["It is **on its way**.", "Grüße 日本 “so” <b>", String(repeating: "Long. ", count: 3_000)] {
            #expect(try await channel.send(Front.outbound(text)).providerID == "1eab543f84a0785f")
        }
        #expect(try await channel.send(Front.outbound("Hello", isRetry: true)).providerID != nil)
        #expect(try await helpdesk.open(handoff(in: "cnv_1")).reference == "cnv_1")
        #expect(try await helpdesk.open(handoff(in: "cnv_1", isRetry: true)).reference == "cnv_1")
        for type in ["outbound", "archive", "trash", "sending_error", "message_bounce_error"] {
            _ = try await channel.events(in: Front.rule(Front.event(type)))
        }
        for type in ["reopen", "restore", "assign", "unassign", "tag", "untag", "conversations_merged"] {
            _ = try await channel.events(in: Front.rule(Front.event(type, message: nil, by: Front.kim)))
        }
        // Told without the message's id.
        _ = try await channel.events(in: Front.rule(Front.event("inbound", message: nil)))
        #expect(try await helpdesk.end(ending(in: "cnv_1")) == .done)
        #expect(try await helpdesk.end(ending(in: "cnv_1", isRetry: true)) == .done)
    }

    @Test func `the account is looked at, and the articles are read`() async throws {
        _ = await account.check()
        let source = FrontArticles(account)
        let listing = try await source.list()
        for key in listing.revisions.keys { #expect(try await source.article(key).markdown.contains("five days")) }
        #expect(listing.revisions.count == 1)
    }

    @Test(arguments: ["cnv_busy", "cnv_away", "cnv_drop", "cnv_cut"])
    func `what is refused, dropped or cut short goes on from there`(conversation: String) async throws {
        for _ in 0..<2 {
            _ = try? await channel.send(Front.outbound("Hello", thread: ThreadID(conversation)))
        }
        #expect(
            try await channel.send(Front.outbound("Hello", thread: ThreadID(conversation), isRetry: true)).providerID
                != nil)
        var failures = 0
        while failures < 9 {
            do {
                _ = try await helpdesk.open(handoff(in: conversation, isRetry: failures > 0))
                break
            } catch let error as HelpdeskError {
                #expect(error.isRetryable)
                if conversation == "cnv_busy", error.retryAfter != nil { #expect(error.retryAfter == .seconds(1)) }
                failures += 1
            }
        }
        #expect((1..<9).contains(failures))
        #expect(try await helpdesk.end(ending(in: conversation, isRetry: true)) == .done)
    }

    @Test func `a merged conversation is followed`() async throws {
        _ = try await channel.send(Front.outbound("Hello", thread: "cnv_merged"))
        #expect(try await helpdesk.open(handoff(in: "cnv_merged")).reference == "cnv_1")
    }
}
