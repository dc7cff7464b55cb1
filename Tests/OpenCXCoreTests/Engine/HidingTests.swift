import OpenCXCore
import OpenCXTesting
import Testing

/// Words that should never have been kept. (What becomes of each record, the store's contract checks.)
@Suite struct HidingTests {
    @Test func `with all that was said go the raw values, with a part of it they stay`() async throws {
        let desk = Desk(index: TurnTests.shop)
        let accepted = try await desk.customer("I am jane@example.com, how do I return an item?")
        let entry = try #require(await desk.store.history(accepted.session, after: 0, limit: 1).first?.message)
        #expect(entry.text.text.contains("[EMAIL_1]"))
        func raw() async throws -> String {
            try await desk.agent.parts.redaction.restore(entry.text, in: accepted.session).reveal()
        }
        let part = try #require(await desk.agent.hide(accepted.session, entries: [accepted.sequence]))
        #expect(part.messageIDs == [accepted.message])
        #expect(try await raw().contains("jane@example.com"))
        let rest = try #require(await desk.agent.hide(accepted.session))
        #expect(rest.messages == 1)
        #expect(try await !raw().contains("jane@example.com"))
        let history = try await desk.store.history(accepted.session, after: 0, limit: .max)
        #expect(history.compactMap(\.message).allSatisfy { $0.text == Hiding.mask })
        #expect(try await desk.agent.hide("none") == nil)
    }

    @Test func `what is still to be delivered is hidden too`() async throws {
        let desk = Desk(index: TurnTests.shop)
        desk.channel.fail(with: [ChannelError(.unavailable, "down")])
        let accepted = try await desk.customer("How do I return an item?")
        _ = try await desk.agent.hide(accepted.session)
        desk.clock.advance(by: .seconds(3600))
        try await desk.agent.runUntilIdle()
        #expect(desk.channel.sent.map { $0.text.reveal() } == [Hiding.mask.text])
    }
}
