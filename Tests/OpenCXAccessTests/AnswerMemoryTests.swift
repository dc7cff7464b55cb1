import OpenCXAccess
import OpenCXCore
import OpenCXTesting
import Testing

@Suite struct AnswerMemoryTests {
    private let caller = Secret("ocx_live_1")
    private let request: [[UInt8]] = [Array("POST".utf8), Array("/contacts".utf8), Array("{}".utf8)]

    private func claim(_ verdict: AnswerMemory.Verdict) -> AnswerMemory.Claim? {
        if case .proceed(let claim) = verdict { claim } else { nil }
    }

    private func name(_ verdict: AnswerMemory.Verdict) -> String {
        switch verdict {
        case .proceed: "proceed"
        case .repeat(let answer): String(decoding: answer, as: UTF8.self)
        case .inFlight: "in flight"
        case .otherRequest: "other"
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `the same request is answered the same, for a day`(_ kind: StoreKind) async throws {
        let access = try Access(kind)
        let memory = AnswerMemory(store: access.store, clock: access.clock)
        let claim = try #require(self.claim(await memory.begin("k", of: caller, request: request)))
        #expect(try await name(memory.begin("k", of: caller, request: request)) == "in flight")
        try await memory.finish(claim, answer: Array("done".utf8))
        #expect(try await name(memory.begin("k", of: caller, request: request)) == "done")
        #expect(try await name(memory.begin("k", of: caller, request: [[1]])) == "other")
        #expect(try await name(memory.begin("k2", of: caller, request: request)) == "proceed")
        // Another caller's keys are others.
        #expect(try await name(memory.begin("k", of: Secret("ocx_live_2"), request: request)) == "proceed")
        access.clock.advance(by: .seconds(24 * 3600))
        #expect(try await name(memory.begin("k", of: caller, request: request)) == "proceed")
    }

    @Test func `parts that are cut elsewhere are another request`() async throws {
        let access = try Access()
        let memory = AnswerMemory(store: access.store, clock: access.clock)
        _ = try await memory.begin("k", of: caller, request: [[1, 2], [3]])
        #expect(try await name(memory.begin("k", of: caller, request: [[1], [2, 3]])) == "other")
    }

    @Test func `a request that was not carried out may come again`() async throws {
        let access = try Access()
        let memory = AnswerMemory(store: access.store, clock: access.clock)
        try await memory.abandon(#require(claim(await memory.begin("k", of: caller, request: request))))
        #expect(try await name(memory.begin("k", of: caller, request: request)) == "proceed")
        access.clock.advance(by: .seconds(300))
        #expect(try await name(memory.begin("k", of: caller, request: request)) == "proceed")
    }

    @Test func `what is kept cannot be read without the caller's key`() async throws {
        let access = try Access(.sqlite)
        let memory = AnswerMemory(store: access.store, clock: access.clock)
        let name = "an idempotency key in the open"
        let claim = try #require(self.claim(await memory.begin(name, of: caller, request: request)))
        try await memory.finish(claim, answer: Array("jo@example.com".utf8))
        _ = try await access.keys.create(name: "a name in the open", scopes: nil)
        let kept = try access.bytesOnDisk()
        #expect(kept.contains("a name in the open"))
        for secret in ["jo@example.com", name, "/contacts", caller.reveal()] { #expect(!kept.contains(secret)) }
    }
}
