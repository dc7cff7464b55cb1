import OpenCXCore
import OpenCXPages
import OpenCXTesting
import Testing

/// Files that customers have sent, on the team's pages.
@Suite struct FileTests {
    private func desk() async throws -> (TeamDesk, Session) {
        var settings = TeamPagesSettings()
        settings.files = TeamFiles(
            isKept: { $0.hasPrefix("kept:") || $0.hasPrefix("ana@example.com/") },
            serve: { location in
                location == "kept:gone"
                    ? nil
                    : WebhookResponse(
                        status: 200,
                        headers: [
                            ("content-type", "application/octet-stream"),
                            ("content-security-policy", "default-src 'none'; sandbox"),
                        ], body: Array(location.utf8))
            })
        let desk = try await TeamDesk(pageSettings: settings)
        var message = desk.channel.message("See my files", providerID: "m1")
        let locations = ["kept:a", "mail:x", "kept:gone", "kept:ana@example.com.png", "ana@example.com/a.png"]
        message.attachments = locations.enumerated().map { place, location in
            InboundAttachment(
                name: UnredactedText("<b>\(place).html"), mediaType: "text/html", byteCount: 3, location: location)
        }
        let accepted = try await desk.agent.receive(message).0
        return (desk, try await desk.session(accepted.session))
    }

    @Test func `files that are kept are linked, and served as they come`() async throws {
        let (desk, session) = try await desk()
        let browser = try await desk.browser(.viewer)
        let path = "/team/inbox/\(session.ticket.rawValue)"
        let page = try await browser.get(path)
        #expect(page.text.contains("href=\"\(path)/files/1/0\""))
        #expect(!page.text.contains("/files/1/1\"") && !page.text.contains("<b>"))
        let file = try await browser.get(path + "/files/1/0")
        #expect(file.status == 200 && file.text == "kept:a")
        #expect(file.header("content-security-policy") == "default-src 'none'; sandbox")
        #expect(file.header("x-frame-options") == "DENY")
        // What is redacted in the message is asked for by what it was.
        let redacted = try await desk.history(session).first?.message?.attachments[3].location.text
        #expect(redacted?.contains("ana") == false)
        #expect(try await browser.get(path + "/files/1/3").text == "kept:ana@example.com.png")
        #expect(page.text.contains("href=\"\(path)/files/1/4\""))
        #expect(try await browser.get(path + "/files/1/4").text == "ana@example.com/a.png")
    }

    @Test(arguments: [
        "/files/1/1", "/files/1/2", "/files/1/5", "/files/1/-1", "/files/2/0", "/files/0/0", "/files/x/y",
    ])
    func `what is not kept is not there`(rest: String) async throws {
        let (desk, session) = try await desk()
        let browser = try await desk.browser(.admin)
        #expect(try await browser.get("/team/inbox/\(session.ticket.rawValue)" + rest).status == 404)
        let stranger = Browser(pages: desk.pages)
        #expect(try await stranger.get("/team/inbox/\(session.ticket.rawValue)/files/1/0").status == 303)
    }
}
