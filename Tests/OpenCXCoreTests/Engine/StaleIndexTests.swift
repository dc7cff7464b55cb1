import OpenCXCore
import OpenCXTesting
import Testing

/// The index of this process has not yet seen what another process stored.
struct StaleIndexTests {
    private static let article = Article(
        id: "docs/gift", source: "docs", title: "Gift wrapping",
        markdown: "Gift wrapping is 3 euros for each parcel.\n\n## Colours\n\nGift paper comes in blue.", revision: "1")

    private func desk(storing change: (inout Article) -> Void) async throws -> Desk {
        let desk = Desk(index: ListIndex([Self.article]))
        _ = try await desk.store.update(KnowledgeChanges(upserted: [Self.article]))
        var article = Self.article
        change(&article)
        article.revision = "2"
        _ = try await desk.store.update(KnowledgeChanges(upserted: [article]))
        return desk
    }

    @Test(arguments: [Audience.draft, .segments(["trade"])])
    func `an article that was made internal is quoted no more`(audience: Audience) async throws {
        let desk = try await desk { $0.audience = audience }
        let accepted = try await desk.customer("How much is gift wrapping for a parcel?")
        #expect(!desk.sent.joined().contains("3 euros"))
        #expect(try await desk.session(accepted).owner == .team)
    }

    @Test func `a passage that reads otherwise by now is quoted no more`() async throws {
        let desk = try await desk { article in
            article.markdown = "Gift wrapping is 5 euros for each parcel."
        }
        try await desk.customer("How much is gift wrapping for a parcel?")
        #expect(!desk.sent.joined().contains("3 euros"))
    }

    @Test func `a passage that only moved is quoted from where it stands now`() async throws {
        let desk = try await desk { article in
            article.markdown = "Read this first.\n\n## Colours\n\nGift paper comes in blue."
            article.url = "https://help.example/moved"
        }
        try await desk.customer("Which colours does the gift paper come in?")
        #expect(desk.sent.joined().contains("blue"))
        #expect(desk.channel.sent.first?.message.citations.map(\.url) == ["https://help.example/moved"])
    }

    @Test func `an index may have articles of its own`() async throws {
        let desk = Desk(index: ListIndex([Self.article]))
        try await desk.customer("How much is gift wrapping for a parcel?")
        #expect(desk.sent.joined().contains("3 euros"))
    }
}
