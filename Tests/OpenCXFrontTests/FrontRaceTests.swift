import OpenCXCore
import OpenCXFront
import OpenCXTesting
import Testing

/// Front, in which something happens right before the n-th call.
struct InterferingFront: HTTPClient {
    let fake: FakeFront
    let place: Int
    let interfere: @Sendable (FakeFront) -> Void

    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        if fake.calls.count + 1 == place { interfere(fake) }
        return try await fake.open(request)
    }
}

struct FrontRaceTests {
    @Test(arguments: ["Thank you, that is all.", "I want to talk to a person, please."], [false, true])
    func `a person who takes the conversation at any moment keeps it, and the AI is silent`(
        second: String, handlesUnassigned: Bool
    ) async throws {
        let undisturbed = FrontDesk { $0.handlesUnassigned = handlesUnassigned }
        try await day(undisturbed, second)
        for place in 1...undisturbed.fake.calls.count {
            let fake = Front.fake()
            let interfering = InterferingFront(fake: fake, place: place) { fake in
                fake.change { $0.conversations["cnv_1"]?.assignee = "tea_kim" }
            }
            let desk = FrontDesk(fake, through: interfering) { $0.handlesUnassigned = handlesUnassigned }
            try await day(desk, second)
            // Between the last look and the call itself Front leaves a gap: what is on its way then is through.
            let call = fake.calls[place - 1]
            let later = fake.calls.dropFirst(place)
            let why = Comment("\(place): \(call)")
            #expect(!later.contains("PATCH /conversations/cnv_1"), why)
            #expect(!later.contains("PUT /conversations/cnv_1/assignee"), why)
            if call == "PUT /conversations/cnv_1/assignee" { continue }
            #expect(fake.conversation().assignee == "tea_kim", why)
            #expect(!later.contains("POST /conversations/cnv_1/messages"), why)
            if let session = try await desk.session(), place < undisturbed.fake.calls.count {
                #expect(session.owner != .ai || session.status != .open, why)
            }
        }
    }

    private func day(_ desk: FrontDesk, _ second: String) async throws {
        try await desk.customer("Where is my parcel?", id: "msg_2")
        try await desk.customer(second, id: "msg_3")
        // Whatever waits is tried once more.
        desk.clock.advance(by: .seconds(3600))
        try await desk.agent.runUntilIdle()
        try await desk.customer("Hello?", id: "msg_4")
    }
}
