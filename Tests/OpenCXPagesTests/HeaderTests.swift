import OpenCXAccess
import OpenCXCore
import Testing

@testable import OpenCXPages

/// What stands in the head of every answer.
@Suite struct HeaderTests {
    @Test func `every page has a strict policy and no script or style of its own`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("Hello")
        let browser = try await desk.browser(.admin)
        let stranger = Browser(pages: desk.pages)
        let ticket = session.ticket.rawValue
        for address in [
            "/inbox", "/inbox/\(ticket)", "/inbox/\(ticket)/updates", "/inbox/updates", "/inspect",
            "/inspect/\(ticket)", "/insight",
            "/knowledge", "/knowledge/search?q=hello", "/members", "/account", "/no-such-page", "/sign-in", "/",
            "/inbox/\(ticket)/stream", Asset.style.path, Asset.script.path, Asset.icon.path,
            "/assets/0000000000000000/team.js",
        ] {
            for browser in [browser, stranger] {
                let reply = try await browser.get("/team" + address)
                let policy = reply.header("content-security-policy") ?? ""
                #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "\(address)")
                #expect(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"))
                #expect(reply.header("x-content-type-options") == "nosniff")
                #expect(reply.header("x-frame-options") == "DENY")
                #expect(reply.header("referrer-policy") == "same-origin")
                let isAsset = reply.header("etag") != nil
                #expect(
                    reply.header("cache-control") == (isAsset ? "public, max-age=31536000, immutable" : "no-store"),
                    "\(address)")
                if !isAsset { #expect(HTMLTokens(reply.text).dangers == []) }
            }
        }
    }

    @Test func `files are named by their content and asked for once`() async throws {
        let desk = try await TeamDesk()
        let browser = Browser(pages: desk.pages)
        let page = try await browser.get("/team/sign-in")
        for asset in Asset.all {
            #expect(page.text.contains("/team\(asset.path)"))
            let first = try await browser.get("/team" + asset.path)
            #expect(first.status == 200)
            let tag = try #require(first.header("etag"))
            let again = try await browser.get("/team" + asset.path, headers: [("if-none-match", tag)])
            #expect(again.status == 304 && again.text.isEmpty)
        }
        #expect(Set(Asset.all.map(\.hash)).count == Asset.all.count)
        #expect(try await browser.get("/team/assets/0000000000000000/team.js").status == 303)
    }

    @Test func `every page has its landmarks, a title, a language and labels for its fields`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("Hello")
        let browser = try await desk.browser(.admin)
        let ticket = session.ticket.rawValue
        for address in [
            "/inbox", "/inbox/\(ticket)", "/inspect", "/inspect/\(ticket)", "/insight", "/knowledge",
            "/knowledge/search?q=a",
            "/members", "/account",
        ] {
            let page = HTMLTokens(try await browser.get("/team" + address).text)
            func count(_ name: String) -> Int { page.tags.count { $0.name == name } }
            #expect(count("main") == 1 && count("h1") == 1 && count("title") >= 1, "\(address)")
            #expect(page.tags.first { $0.name == "html" }?.attributes.contains { $0.name == "lang" } ?? false)
            let labels = Set(
                page.tags.filter { $0.name == "label" }.flatMap(\.attributes).filter { $0.name == "for" }.map(\.value))
            for field in page.tags where ["input", "textarea", "select"].contains(field.name) {
                let values = Dictionary(field.attributes, uniquingKeysWith: { $1 })
                if values["type"] == "hidden" { continue }
                #expect(
                    values["aria-label"] != nil || values["id"].map(labels.contains) ?? false, "\(address) \(values)")
            }
            let ids = page.tags.flatMap(\.attributes).filter { $0.name == "id" }.map(\.value)
            #expect(Set(ids).count == ids.count, "\(address) has an id twice")
        }
    }
}
