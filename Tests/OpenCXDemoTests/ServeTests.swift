import Foundation
import OpenCXCore
import Testing

@Suite(.timeLimit(.minutes(2))) struct ServeTests {
    private let folder: TemporaryFolder
    private let thread = "serve-conversation"

    init() throws {
        folder = try TemporaryFolder(["config.json": #"{"title": "A <shop>", "suggestions": ["How & when?"]}"#])
    }

    private var data: [String] { ["--data", folder.path + "/data"] }

    private func serve(_ more: String..., output: FileHandle? = nil) throws -> DemoProcess {
        try DemoProcess(
            [
                "serve", "--port", "0", "--knowledge", Demo.examples + "/help-center", "--config",
                folder.path + "/config.json",
            ] + data + more, output: output)
    }

    @Test func `answers from the help center, without a terminal and without input`() async throws {
        let process = try serve()
        let client = WebClient(port: try await process.port())
        #expect(process.output.hasPrefix("ready on http://127.0.0.1:\(client.port)/\n"))
        let receipt = try await client.post("How do I return an item?", id: "1", thread: thread)
        #expect(receipt.status == 202)
        let conversation = try await client.settled(thread)
        #expect(conversation.authors == ["customer", "ai"])
        #expect(conversation.messages.last?["citations"] != [])

        let page = try await client.get(path: "/")
        #expect(page.status == 200)
        #expect(page.text.contains("A &lt;shop&gt;"))
        #expect(try await client.get(path: "/widget.js").text.contains(#""suggestions":["How & when?"]"#))
        for (path, status) in [
            ("/widget.js", 200), ("/help", 200), ("/help/returns/return-an-item", 200),
            ("/help/none", 404), ("/healthz", 200), ("/readyz", 200), ("/metrics", 200), ("/favicon.ico", 204),
            ("/mock/orders/FH-10423", 404), ("/x", 404),
            ("/v1/sessions/short/messages", 404), ("/v1/sessions/%2e%2e%2f0123456789abcd/messages", 404),
        ] {
            #expect(try await client.get(path: path).status == status, "\(path)")
        }
        process.send(SIGTERM)
        #expect(try await process.end() == 0)
        #expect(process.errors.isEmpty, "\(process.errors)")
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a signal stops it soon, even while a page waits, and nothing is lost`(signal: Int32) async throws {
        let process = try serve()
        let client = WebClient(port: try await process.port())
        #expect(try await client.post("How do I return an item?", id: "1", thread: thread).status == 202)
        let before = try await client.settled(thread)
        let last = try #require(before.number("last"))
        async let waiting = client.get(thread, "after=\(last)&wait=25")
        // A request that is answered shows that the server has taken the one before it.
        for _ in 0..<5 { #expect(try await client.get(path: "/healthz").status == 200) }
        let asked = ContinuousClock.now
        process.send(signal)
        #expect(try await process.end() == 0)
        #expect(ContinuousClock.now - asked < .seconds(8))
        #expect(process.output.hasSuffix("stopped\n"))
        #expect(process.errors.isEmpty, "\(process.errors)")
        // Refused when it came late, told to come back when it had begun.
        if let told = try? await waiting { #expect([200, 503].contains(told.status)) }

        let again = try serve()
        let after = try await WebClient(port: try await again.port()).get(thread)
        #expect(after.texts == before.texts)
        try await again.cut()
    }

    @Test func `metrics and an access log tell what was done, and nothing of anybody`() async throws {
        let configuration = folder.path + "/log.json"
        try Data(#"{"server": {"access_log": "access.log", "metrics_token_variable": "OPENCX_TEST_TOKEN"}}"#.utf8)
            .write(to: URL(fileURLWithPath: configuration))
        let process = try DemoProcess(
            ["serve", "--port", "0", "--config", configuration, "--data", "none"],
            environment: ["OPENCX_TEST_TOKEN": "a-token-of-27-bytes-or-more"])
        let client = WebClient(port: try await process.port())
        #expect(try await client.post("I am eve@example.org", id: "1", thread: thread).status == 202)
        _ = try await client.settled(thread)
        #expect(try await client.get(path: "/metrics").status == 401)
        process.send(SIGTERM)
        #expect(try await process.end() == 0)
        let log = try String(contentsOfFile: folder.path + "/access.log", encoding: .utf8)
        #expect(log.contains("method=POST route=/v1/sessions/{id}/messages status=202"))
        #expect(!log.contains(thread) && !log.contains("eve"))
    }

    /// The text format, version 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/
    @Test func `the metrics page is well formed, and has what an operator looks at`() async throws {
        let process = try serve()
        let client = WebClient(port: try await process.port())
        for (id, text) in ["How do I return an item?", "I want to talk to a human"].enumerated() {
            let thread = "metrics-conversation-\(id)"
            #expect(try await client.post(text, id: "\(id)", thread: thread).status == 202)
            _ = try await client.settled(thread)
        }
        // An answer can be seen a moment before its delivery is settled.
        let response = try await until(within: 90, "everything is delivered") {
            let response = try await client.get(path: "/metrics")
            return MetricsPage(response.text)["opencx_outbox_entries", "state=\"pending\""] == 0 ? response : nil
        }
        #expect(response.head.lowercased().contains("content-type: text/plain; version=0.0.4"))
        let page = MetricsPage(response.text)
        #expect(page.problems.isEmpty, "\(page.problems)")
        #expect(page["opencx_messages_accepted_total"] == 2)
        #expect(page["opencx_turns_total", "outcome=\"reply\""] == 1)
        #expect(page["opencx_turns_total", "outcome=\"handoff\""] == 1)
        #expect(
            page["opencx_handoffs_total", "reason=\"user_requested_human_assistance\",trigger=\"explicit_request\""]
                == 1)
        #expect(page["opencx_outbox_entries", "state=\"dead\""] == 0)
        for name in ["acknowledgement", "turn", "answer", "delivery", "http_request"] {
            #expect(page.types["opencx_\(name)_seconds"] == "histogram")
        }
        #expect(page["opencx_acknowledgement_seconds_count"] == 2)
        #expect((page["process_resident_memory_bytes"] ?? 0) > 1_000_000)
        try await process.cut()
    }

    @Test func `articles that another process brings in are found without a restart`() async throws {
        let process = try DemoProcess(["serve", "--port", "0"] + data)
        let client = WebClient(port: try await process.port())
        let sync = try await DemoProcess.run(
            "knowledge", "sync", "--knowledge", Demo.examples + "/help-center", "--data", folder.path + "/data")
        #expect(sync.code == 0, "\(sync.errors)")
        var number = 0
        try await until(within: 20, "the new articles are used") {
            number += 1
            let thread = "following-conversation-\(number)"
            #expect(try await client.post("How do I return an item?", id: "1", thread: thread).status == 202)
            return try await client.settled(thread).json["owner"] == "ai" ? true : nil
        }
        try await process.cut()
    }

    @Test func `a port that is taken is named`() async throws {
        let process = try serve()
        let port = try await process.port()
        let second = try await DemoProcess.run("serve", "--port", "\(port)", "--data", "none")
        #expect(second.code == 1)
        #expect(second.errors.contains("Port \(port)"), "\(second.errors)")
        #expect(!second.output.contains("ready"))
        #expect(try await WebClient(port: port).get(path: "/healthz").status == 200)
        try await process.cut()
    }

    @Test func `says where it really listens`() async throws {
        let process = try serve("--host", "127.0.0.2")
        _ = try await process.port()
        #expect(process.output.hasPrefix("ready on http://127.0.0.2:"), "\(process.output)")
        try await process.cut()
    }

    @Test func `an address that others can reach is refused`() async throws {
        let outcome = try await DemoProcess.run("serve", "--port", "0", "--data", "none", "--host", "0.0.0.0")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("0.0.0.0 can be reached from other machines"), "\(outcome.errors)")
    }

    @Test(arguments: 1...10)
    func `a signal right after the ready line is heard, whoever still reads`(run: Int) async throws {
        let pipe = Pipe()
        let process = try DemoProcess(
            ["serve", "--port", "0", "--data", "none"], output: pipe.fileHandleForWriting)
        try pipe.fileHandleForWriting.close()
        #expect(String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self).hasPrefix("ready on "))
        process.send(SIGTERM)
        // Its last words find nobody.
        try pipe.fileHandleForReading.close()
        #expect(try await process.end(within: 60) == 0)
    }

    @Test(arguments: ["{", "[]", #"{"server": {"port": "8080"}}"#])
    func `a malformed configuration stops it before it begins`(text: String) async throws {
        let file = try folder.write("bad.json", text)
        let outcome = try await DemoProcess.run("serve", "--port", "0", "--data", "none", "--config", file)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains(file), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test func `so does a folder of articles that is not there`() async throws {
        let nowhere = folder.path + "/nowhere"
        let outcome = try await DemoProcess.run("serve", "--port", "0", "--data", "none", "--knowledge", nowhere)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains(nowhere), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test func `a chat without input says hello and ends`() async throws {
        let outcome = try await DemoProcess.run("chat", "--data", "none")
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("Hello! How can I help you?\n"))
        #expect(!outcome.output.contains("\u{1B}"))
    }
}
