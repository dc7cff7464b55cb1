import Glibc
import OpenCXCore
import OpenCXTesting
import Testing

@testable import opencx_demo

struct ArticleFeedTests {
    /// A failure of no kind that the core knows.
    private struct Trouble: Error, CustomStringConvertible {
        let description = "jane@example.com could not be read with token s3cret"
    }

    private struct Source: KnowledgeSource {
        let id: KnowledgeSourceID
        let listed: @Sendable () async throws -> KnowledgeListing

        func list() async throws -> KnowledgeListing { try await listed() }
        func article(_ key: String) async throws -> SourceArticle { throw Trouble() }
    }

    @Test func `an account that fails in a way of its own is told of without its words, and holds up no other`()
        async throws
    {
        let folder = try TemporaryFolder(["errors": ""])
        let errors = open(folder.path + "/errors", O_WRONLY | O_APPEND | O_CLOEXEC)
        defer { close(errors) }
        let terminal = Terminal(output: errors, errors: errors)
        let house = try await House.open(Invocation(values: ["--data": "none"], terminal: terminal), inMemory: true)
        let (asked, continuation) = AsyncStream.makeStream(of: Void.self)
        let sources = [
            Source(id: "one") { throw Trouble() },
            Source(id: "two") {
                continuation.finish()
                throw KnowledgeSourceError(.unreachable, "It does not answer.")
            },
        ]
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // A feed that ends would end the whole server.
                await #expect(throws: CancellationError.self) {
                    try await ArticleFeeds(sources: sources, house: house).follow(terminal)
                }
                continuation.finish()
            }
            for await _ in asked {}
            group.cancelAll()
        }
        let told = folder.read("errors")
        #expect(told.contains("articles of one: Trouble"))
        #expect(!told.contains("jane") && !told.contains("s3cret"))
    }

    @Test func `whatever keeps the index from following the store is told`() {
        #expect(ArticleFeeds.complaint(about: "articles", Trouble()) == "articles: Trouble")
        #expect(
            ArticleFeeds.complaint(about: "articles", StoreError(.unavailable, "The disk is full."))
                == "articles: The disk is full.")
    }
}
