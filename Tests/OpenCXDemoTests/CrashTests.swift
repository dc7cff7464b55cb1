import Foundation
import OpenCXCore
import Testing

/// What an acknowledgement is worth when the power goes.
@Suite(.serialized, .timeLimit(.minutes(3))) struct CrashTests {
    private static let article = "# Send back an item\n\nYou can send back an item within 60 days.\n"
    private static let question = "How can I send back an item?"

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder([
            "articles/returns/send-back.md": Self.article,
            // A turn that dies with its process is taken up again once its lease has ended.
            "slow.json": #"{"collecting_delay": {"web": 5}, "lease": 1}"#,
            "fast.json": #"{"lease": 1}"#,
        ])
    }

    private func serve(_ configuration: String) throws -> DemoProcess {
        try DemoProcess([
            "serve", "--port", "0", "--data", folder.path + "/data", "--knowledge", folder.path + "/articles",
            "--config", folder.path + "/" + configuration,
        ])
    }

    @Test func `killed in the middle of conversations, it answers every message once when it is back`() async throws {
        let threads = (1...6).map { "crash-conversation-\($0)" }
        let first = try serve("slow.json")
        let before = WebClient(port: try await first.port())
        for thread in threads {
            #expect(try await before.post(Self.question, id: "1", thread: thread).status == 202)
        }
        let waiting = try await threads.asyncMap { try await before.get($0) }
        #expect(waiting.contains { $0.isWorking && $0.authors == ["customer"] })
        try await first.cut()

        let second = try serve("slow.json")
        let after = WebClient(port: try await second.port())
        for thread in threads {
            // Whoever did not get the acknowledgement posts again.
            #expect(try await after.post(Self.question, id: "1", thread: thread).status == 202)
            let answered = try await after.settled(thread)
            #expect(answered.authors == ["customer", "ai"], "\(thread)")
            #expect(answered.texts.first == Self.question)
            #expect(answered.texts.last?.contains("60 days") == true)
            let ticket = try #require(answered.number("ticket"))
            let traces = try await Demo.run("inspect", "\(ticket)", "--json", "--data", folder.path + "/data")
            #expect(traces.output.ranges(of: "\"started_at\"").count == 1, "one turn for \(thread)")
        }
        try await second.cut()
    }

    @Test func `killed again and again under load, it loses nothing and says nothing twice`() async throws {
        var random = SplitMix64(state: UInt64.random(in: 0 ... .max))
        let seed = random.state
        let writers = (0..<6).map(Writer.init)
        for _ in 0..<10 {
            let process = try serve("fast.json")
            let client = WebClient(port: try await process.port())
            let life = Duration.milliseconds(Int64(random.next() % 300))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in writers { group.addTask { await writer.write(to: client) } }
                group.addTask {
                    try await Task.sleep(for: life)
                    process.send(SIGKILL)
                }
                try await group.waitForAll()
            }
            _ = try await process.end()
        }

        let process = try serve("fast.json")
        let client = WebClient(port: try await process.port())
        var count = 0
        var answered = 0
        for writer in writers {
            for (thread, texts) in try await writer.finish(client) {
                count += 1
                let conversation = try await client.settled(thread)
                let authors = conversation.authors
                let written = zip(authors, conversation.texts).filter { $0.0 == "customer" }.map(\.1)
                #expect(written == texts, "\(thread), seed \(seed)")
                // Two quick messages may share an answer; two answers to one message there are not.
                let isDoubled = zip(authors, authors.dropFirst()).contains { $0 == ("ai", "ai") }
                #expect(!isDoubled && authors.contains("ai"), "\(thread): \(authors), seed \(seed)")
                // A turn that died with three processes is the team's to look at, and so is what the customer writes then.
                if conversation.json["owner"] == "team" { continue }
                answered += 1
                #expect(authors.last == "ai", "\(thread): \(authors), seed \(seed)")
                if writer.isPatient { #expect(authors.count == 2 * texts.count, "\(thread): \(authors), seed \(seed)") }
            }
        }
        #expect(count > writers.count)
        #expect(answered > 0)
        process.send(SIGTERM)
        #expect(try await process.end() == 0)
    }
}

/// A customer with one conversation after the other, two messages each, who posts again whatever was not acknowledged. Every
/// second customer waits for the answer before the second message.
private actor Writer {
    private let number: Int
    private var conversations: [(thread: String, texts: [String])] = []
    private var unacknowledged: (thread: String, text: String)?

    nonisolated var isPatient: Bool { number.isMultiple(of: 2) }

    init(number: Int) {
        self.number = number
    }

    /// Writes until the server is gone.
    func write(to client: WebClient) async {
        while true {
            let message: (thread: String, text: String)
            if let again = unacknowledged {
                message = again
            } else {
                if isPatient, let thread = conversations.last?.thread {
                    guard (try? await client.settled(thread)) != nil else { return }
                }
                message = next()
            }
            unacknowledged = message
            let response = try? await client.post(message.text, id: message.text, thread: message.thread)
            guard response?.status == 202 else { return }
            acknowledge()
        }
    }

    /// Posts what was not acknowledged, and returns what was.
    func finish(_ client: WebClient) async throws -> [(thread: String, texts: [String])] {
        if let message = unacknowledged {
            #expect(try await client.post(message.text, id: message.text, thread: message.thread).status == 202)
            acknowledge()
        }
        return conversations
    }

    private func next() -> (thread: String, text: String) {
        if let last = conversations.last, last.texts.count == 1 {
            return (last.thread, "And how can I send back an item as a gift?")
        }
        return ("writer-\(number)-conversation-\(conversations.count)", "How can I send back an item?")
    }

    private func acknowledge() {
        guard let message = unacknowledged else { return }
        unacknowledged = nil
        if conversations.last?.thread == message.thread {
            conversations[conversations.count - 1].texts.append(message.text)
        } else {
            conversations.append((message.thread, [message.text]))
        }
    }
}

/// Numbers that can be had again from the seed that a failure names.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension Sequence {
    func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
