import OpenCXCore
import OpenCXTesting
import Testing

@Suite(.timeLimit(.minutes(5))) struct EventTests {
    @Test func `who listens to one session hears of no other`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Hello!"))
        let mine = try await desk.customer("Hi", thread: "mine-thread")
        var events = desk.agent.events(in: mine.session).makeAsyncIterator()
        let other = try await desk.customer("Hi", thread: "other-thread")
        _ = try await desk.agent.takeOver(other.session, by: "ann")
        _ = try await desk.agent.takeOver(mine.session, by: "ann")
        let heard = await events.next()
        #expect(heard?.session == mine.session)
    }
}
