import OpenCXCore
import OpenCXHelpCenter
import Testing

/// The help center that the demo and the examples use.
@Suite struct SampleHelpCenterTests {
    private static let path =
        #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Examples/help-center"
    private let source = HelpCenterFolder(id: "help-center", path: path, baseURL: "https://help.example.com")

    private func articles() async throws -> [SourceArticle] {
        let listing = try await source.list()
        #expect(listing.failures.isEmpty)
        var articles: [SourceArticle] = []
        for key in listing.revisions.keys.sorted() { articles.append(try await source.article(key)) }
        return articles
    }

    @Test func `is complete and readable`() async throws {
        let articles = try await articles()
        #expect(articles.count >= 50)
        for article in articles {
            #expect(!article.title.isEmpty && !article.markdown.isEmpty && !article.topic.isEmpty, "\(article.key)")
            #expect(article.locale.rawValue == (article.key.hasSuffix(".de") ? "de" : "en"), "\(article.key)")
            #expect(article.url?.hasPrefix("https://help.example.com/") == true, "\(article.key)")
        }
    }

    @Test func `drafts and internal articles are not public`() async throws {
        let articles = try await articles()
        #expect(articles.filter { $0.audience == .draft }.count == 1)
        let internalOnes = articles.filter { if case .segments = $0.audience { true } else { false } }
        #expect(!internalOnes.isEmpty)
        #expect(internalOnes.allSatisfy { !$0.audience.isPublic })
    }

    @Test func `every relative link leads to an article`() async throws {
        let articles = try await articles()
        let pages = Set(articles.compactMap(\.url))
        var linkCount = 0
        for article in articles {
            #expect(!article.markdown.contains(".md"), "\(article.key) keeps a link to a file")
            for part in article.markdown.split(separator: "](").dropFirst() {
                let target = part.prefix { $0 != ")" && $0 != "#" }
                guard target.hasPrefix("https://help.example.com/") else { continue }
                linkCount += 1
                #expect(pages.contains(String(target)), "\(article.key) links to \(target)")
            }
        }
        #expect(linkCount > 10)
    }
}
