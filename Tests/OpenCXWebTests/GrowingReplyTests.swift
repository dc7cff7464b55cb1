import OpenCXCore
import OpenCXTesting
import OpenCXWeb
import Testing

/// Replies of the web chat while they grow: what a stream of a later page is made of.
@Suite(.timeLimit(.minutes(5))) struct GrowingReplyTests {
    @Test func `whoever reads a conversation sees its reply grow, and the same message in the history`() async throws {
        let (channel, store) = (WebChannel(), InMemoryStore())
        let form = #"{"citations":["P1"],"kind":"answer","text":"Send it back within 60 days. "#
        let model = StreamingModel { _ in [.text(form), .text(#"Print the label."}"#)] }
        let agent = Agent(
            AgentParts(
                store: store,
                knowledge: ListIndex(["Returns": "Send it back within 60 days. Print the label in your account."]),
                answerer: ModelAnswerer(model), channels: [channel], clock: ManualClock(), ids: SequentialIDs()),
            settings: AgentSettings(streamedChannels: [channel.id]))
        var pieces = channel.growingReplies(in: ThreadID(WebDesk.thread)).makeAsyncIterator()
        var others = channel.growingReplies(in: "somebody-elses-0123").makeAsyncIterator()

        let body = JSONValue.object(["text": "How do I send something back?", "id": "1"]).serialized()
        let path = "/v1/sessions/\(WebDesk.thread)/messages"
        let accepted = await agent.handle(
            WebhookRequest(path: path, headers: [("content-type", "application/json")], body: body), on: channel.id)
        #expect(accepted.status == 202)
        try await agent.runUntilIdle()

        // Nobody has read so far, so the text is one piece.
        let whole = "Send it back within 60 days. Print the label."
        guard case .began(let text)? = await pieces.next()?.content,
            case .committed(let message)? = await pieces.next()?.content
        else {
            Issue.record("no reply grew")
            return
        }
        #expect(text.text == whole && message.text.text == whole)
        let polled = await WebChat(agent: agent).respond(to: WebhookRequest(method: "GET", path: path))
        let messages = try JSONValue(parsing: #require(polled).body)["messages"]
        guard case .array(let all)? = messages else { return }
        #expect(all.last?["id"]?.string == message.id.rawValue)
        #expect(all.last?["text"]?.string == whole)

        let stranger = Task { await others.next() }
        stranger.cancel()
        #expect(await stranger.value == nil)
    }
}
