import Foundation
import OpenCXCore
import Testing

/// The team's commands, on the data of a server that runs.
@Suite(.timeLimit(.minutes(2))) struct InboxTests {
    private let folder: TemporaryFolder
    private let thread = "inbox-conversation"

    init() throws {
        folder = try TemporaryFolder()
    }

    private func command(_ words: String...) async throws -> Outcome {
        let process = try DemoProcess(words + ["--data", folder.path + "/data"])
        return Outcome(code: try await process.end(), output: process.output, errors: process.errors)
    }

    @Test func `a person's reply reaches the page, though another process writes it`() async throws {
        let server = try DemoProcess([
            "serve", "--port", "0", "--data", folder.path + "/data", "--knowledge", Demo.examples + "/help-center",
        ])
        let client = WebClient(port: try await server.port())
        let receipt = try await client.post(
            "I'm jo@example.com and want to talk to a person, please.", id: "1", thread: thread)
        let ticket = try #require(receipt.number("ticket"))
        let handedOff = try await client.settled(thread)
        #expect(handedOff.json["owner"] == "team")
        let last = try #require(handedOff.number("last"))

        let list = try await command("inbox", "list")
        #expect(list.code == 0)
        #expect(list.output.contains("#\(ticket)  open  team  web"), "\(list.output)")
        let show = try await command("inbox", "show", "\(ticket)")
        #expect(show.output.contains("Customer: I'm [EMAIL_1] and want"), "\(show.output)")

        async let poll = client.get(thread, "after=\(last)&wait=25")
        let reply = try await command("inbox", "reply", "#\(ticket)", "Hello, Sam here. <b>", "--as", "Sam")
        #expect(reply.code == 0, "\(reply.errors)")
        #expect(reply.output == "#\(ticket): sent as Sam; Sam owns it now.\n")
        // The first thing the page hears of may be that Sam took over.
        let heard = try await poll
        #expect(heard.status == 200)
        let page = try await client.get(thread, "after=\(last)")
        #expect(page.json["owner"] == "person")
        #expect(page.messages.map { $0["name"] } == ["Sam"])
        #expect(page.texts == ["Hello, Sam here. <b>"])

        let resolve = try await command("inbox", "resolve", "\(ticket)", "--as", "Sam")
        #expect(resolve.output == "#\(ticket): closed_resolved\n")
        #expect(try await client.get(thread).json["status"] == "closed_resolved")
        #expect(try await command("inbox", "list").output == "Nobody waits.\n")
        #expect(try await command("inbox", "list", "--all").output.contains("#\(ticket)  closed_resolved  Sam"))
        #expect(try await command("outbox", "list").output == "Nothing.\n")

        let inspect = try await command("inspect", "\(ticket)", "--json")
        #expect(inspect.code == 0)
        let traces = try JSONDecoder().decode([JSONValue].self, from: Data(inspect.output.utf8))
        #expect(traces.count == 1)
        #expect(inspect.output.contains("[EMAIL_1]"))
        for output in [list, show, reply, resolve, inspect, try await command("inspect", "\(ticket)")] {
            #expect(!output.output.contains("jo@example.com"))
            #expect(!output.output.contains("\u{1B}"))
            #expect(output.errors.isEmpty, "\(output.errors)")
        }
        server.send(SIGTERM)
        #expect(try await server.end() == 0)
    }

    @Test func `a customer is forgotten once the team says yes`() async throws {
        let data = folder.path + "/data"
        let asked = try await Demo.run("ask", "A human, please", "--as", "jane@example.com", "--data", data)
        #expect(asked.code == 0)
        let shown = try await command("erase", "Jane@example.com")
        #expect(shown.code == 0 && shown.output.contains("1 sessions would be removed"), "\(shown.output)")
        #expect(try await command("inbox", "list").output.contains("#1001"))
        let erased = try await command("erase", "#1001", "--yes")
        #expect(erased.code == 0 && erased.output.contains("1 sessions removed.\n  #1001"), "\(erased.output)")
        #expect(try await command("inbox", "list", "--all").output == "Nobody waits.\n")
        for name in ["jane@example.com", "#1001", "1001"] {
            let again = try await command("erase", name, "--yes")
            #expect(again.code == 1)
            #expect(again.errors.contains(name.contains("@") ? "no customer" : "was removed at"), "\(again.errors)")
        }
    }

    @Test func `an empty reply and an unknown turn are refused`() async throws {
        #expect(try await Demo.run("ask", "Hello", "--data", folder.path + "/data").code == 0)
        let empty = try await command("inbox", "reply", "1001", " \n")
        #expect(empty.code == 2)
        #expect(empty.errors.contains("TEXT is empty"))
        let turn = try await command("inspect", "1001", "--turn", "7")
        #expect(turn.code == 1)
        #expect(turn.errors.contains("has 1 turns"), "\(turn.errors)")
    }
}
