import OpenCXCore
import OpenCXTesting
import Testing

@Suite struct FakesTests {
    @Test func `sequential ids are the same from the same seed`() {
        func sample(_ seed: UInt64) -> [String] {
            let ids = SequentialIDs(seed: seed)
            return (0..<3).map { _ in ids.makeID() } + (0..<3).map { _ in "\(ids.fraction())" }
        }
        #expect(sample(7) == sample(7))
        #expect(Set(sample(7)).intersection(sample(8)).isEmpty)
        #expect(SequentialIDs(seed: 7).makeID() == "s7-000001")
        let ids = SequentialIDs()
        #expect((0..<1000).allSatisfy { _ in (0..<1).contains(ids.fraction()) })
    }

    @Test(arguments: HelpdeskContract.checks)
    func `the scripted helpdesk keeps the contract`(check: HelpdeskContract.Check) async throws {
        let helpdesk = ScriptedHelpdesk()
        try await check.run(.init(helpdesk: helpdesk, ticketCount: { helpdesk.tickets.count }))
    }

    @Test func `the scripted helpdesk fails as told`() async throws {
        let helpdesk = ScriptedHelpdesk()
        helpdesk.fail(times: 2, with: HelpdeskError(.unavailable, "Down."))
        helpdesk.fail(with: HelpdeskError(.unauthorized, "No."))
        for code in [HelpdeskError.Code.unavailable, .unavailable, .unauthorized] {
            let error = await #expect(throws: HelpdeskError.self) { try await helpdesk.open(.sample()) }
            #expect(error?.code == code)
        }
        #expect(try await helpdesk.open(.sample()).reference == "scripted-1")
        #expect(helpdesk.tries.count == 4)
        #expect(helpdesk.tickets.count == 1)
    }

    @Test(arguments: KnowledgeSourceContract.checks)
    func `the scripted knowledge keeps the contract`(check: KnowledgeSourceContract.Check) async throws {
        let first = SourceArticle(key: "a", title: "A", markdown: "One.", revision: "1")
        let second = SourceArticle(key: "b", title: "B", markdown: "Two.", revision: "1")
        let source = ScriptedKnowledge(articles: [first, second])
        source.failListing(of: "c", with: KnowledgeSourceError(.malformed, "Broken."))
        try await check.run(
            .init(
                source: source,
                change: { source.put(SourceArticle(key: $0, title: "A", markdown: "Three.", revision: "2")) },
                remove: { source.remove($0) }))
    }

    @Test func `the scripted knowledge fails as told`() async throws {
        let source = ScriptedKnowledge(articles: [SourceArticle(key: "a", title: "A", markdown: "", revision: "1")])
        source.failListing(with: KnowledgeSourceError(.unreachable, "Down."))
        await #expect(throws: KnowledgeSourceError.self) { try await source.list() }
        source.failListing(with: nil)
        source.failFetching("a", with: KnowledgeSourceError(.unauthorized, "No."))
        await #expect(throws: KnowledgeSourceError.self) { try await source.article("a") }
        source.failFetching("a", with: nil)
        #expect(try await source.article("a").title == "A")
        #expect(source.fetched == ["a", "a"])
    }

    /// A helpdesk that opens a ticket for every try.
    private actor ForgetfulHelpdesk: Helpdesk {
        nonisolated let id: HelpdeskID = "forgetful"
        var count = 0
        func open(_ handoff: HandoffPackage) -> HelpdeskReceipt {
            count += 1
            return HelpdeskReceipt(reference: "\(count)")
        }
    }

    @Test func `the contract notices a helpdesk that forgets`() async throws {
        var violations: [String] = []
        for check in HelpdeskContract.checks {
            do {
                try await check.run(.init(helpdesk: ForgetfulHelpdesk()))
            } catch let violation as ContractViolation {
                violations.append("\(violation)")
            }
        }
        #expect(violations.count == 2, "\(violations)")
    }
}
