import CZlib
import FoundationEssentials
import OpenCXCore
import OpenCXOpenAPI
import OpenCXTesting
import Testing

/// Replays what a benchmark's agents are expected to do (tau-bench retail), through the imported document. The data are not part
/// of the repository; without them, beside it in `../shared/data`, the tests are skipped.
@Suite struct RetailReplayTests {
    static let folder =
        (ProcessInfo.processInfo.environment["OPENCX_SHARED_DATA"] ?? "../shared/data") + "/taubench_retail"
    static var isThere: Bool { FileManager.default.fileExists(atPath: folder + "/openapi.json") }

    /// The shop behind an HTTP client: the tools by path, refusals as 400.
    final class Server: HTTPClient {
        let shop: Locked<RetailShop>

        init(_ shop: RetailShop) {
            self.shop = Locked(shop)
        }

        func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
            let (path, query) = TestURL.split(request.url)
            var arguments = query.mapValues(JSONValue.string)
            if !request.body.isEmpty { arguments = try JSONValue(parsing: request.body).members }
            let tool = String(path.split(separator: "/").last ?? "")
            do {
                let result = try shop.withLock { try $0.run(tool, arguments) }
                return HTTPResponseStream(HTTPResponse(status: 200, body: result.serialized()))
            } catch let refusal as RetailShop.Refusal {
                let body: JSONValue = ["error": .string(refusal.message)]
                return HTTPResponseStream(HTTPResponse(status: 400, body: body.serialized()))
            }
        }
    }

    struct Files {
        let document: [UInt8]
        let database: JSONValue
        let tasks: [JSONValue]

        init() throws {
            document = try Array(Data(contentsOf: URL(filePath: folder + "/openapi.json")))
            database = try JSONValue(parsing: RetailReplayTests.gunzip(folder + "/db.json.gz"))
            tasks = try RetailReplayTests.gunzip(folder + "/tasks.dev.jsonl.gz").split(separator: 0x0A)
                .map { try JSONValue(parsing: Array($0)) }
        }
    }

    static func settings() -> OpenAPISettings { OpenAPISettings(allowsLoopbackHTTP: true, channels: []) }

    @Test(.enabled(if: isThere, "the data of ../shared/data are not there"))
    func `every expected call gives the expected result, and all of them the expected data`() async throws {
        let files = try Files()
        let imported = try OpenAPIImport(document: files.document, settings: Self.settings())
        #expect(imported.imported.count == 16 && imported.refused.isEmpty)
        let shop = RetailShop(files.database)
        var (results, states, calls) = (0, 0, 0)
        for task in files.tasks {
            let server = Server(shop)
            let actions = OpenAPIActions(imported, http: server)
            for step in task["actions"]?.items ?? [] {
                calls += 1
                let call = ActionCall(
                    name: step["name"]?.string ?? "",
                    values: (step["arguments"]?.members ?? [:]).mapValues(UnredactedJSON.init),
                    idempotencyKey: "k\(calls)", session: "s1", ticket: TicketNumber(rawValue: 1))
                let outcome = try await Self.outcome(actions, call)
                let expected: JSONValue = step["result"] ?? ["error": step["error"] ?? .null]
                if outcome.inCents == expected.inCents {
                    results += 1
                } else {
                    Issue.record("\(call.name): \(outcome)")
                }
            }
            let changes = server.shop.withLock { $0.changes(from: shop) }
            if changes.inCents == task["expected_changes"]?.inCents {
                states += 1
            } else {
                Issue.record("task \(task["id"] ?? .null) ends differently")
            }
        }
        print("tau-bench retail: \(states) of \(files.tasks.count) tasks, \(results) of \(calls) calls")
        #expect(states == files.tasks.count && results == calls)
    }

    /// The body of a response, whatever its status.
    private static func outcome(_ actions: OpenAPIActions, _ call: ActionCall) async throws -> JSONValue {
        let text: String
        do {
            text = try await actions.call(call).text?.reveal() ?? ""
        } catch let error as ActionError {
            text = error.details?.reveal() ?? error.message
        }
        let body = text.split(separator: "\nbody: ", maxSplits: 1).last ?? ""
        return try JSONValue(parsing: Array(body.utf8))
    }

    @Test(.enabled(if: isThere, "the data of ../shared/data are not there"))
    func `an agent whose answerer follows the script reaches the expected data, each change confirmed`() async throws {
        let files = try Files()
        let imported = try OpenAPIImport(document: files.document, settings: Self.settings())
        let shop = RetailShop(files.database)
        var states = 0
        for task in files.tasks {
            let server = Server(shop)
            let proposals = (task["actions"]?.items ?? []).map { step in
                ActionProposal(
                    name: step["name"]?.string ?? "",
                    arguments: (step["arguments"]?.members ?? [:]).mapValues { RedactedText(derived: $0.argumentText) })
            }
            try await Self.converse(proposals, OpenAPIActions(imported, http: server))
            let changes = server.shop.withLock { $0.changes(from: shop) }
            if changes.inCents == task["expected_changes"]?.inCents {
                states += 1
            } else {
                Issue.record("task \(task["id"] ?? .null) ends differently")
            }
        }
        print("tau-bench retail through the agent: \(states) of \(files.tasks.count) tasks")
        #expect(states == files.tasks.count)
    }

    /// One message of the customer for each call, and a yes where the agent asks for one.
    private static func converse(_ proposals: [ActionProposal], _ actions: OpenAPIActions) async throws {
        let next = Locked(0)
        let answerer = ScriptedAnswerer { request in
            if !request.results.isEmpty {
                return .answer(Answer(text: "Done.", confidence: 1, basis: .smallTalk))
            }
            if let pending = request.pendingAction { return .act(pending.proposal) }
            return .act(proposals[next.withLock { $0 }])
        }
        let desk = SupportDesk(answerer: answerer, actions: actions)
        for proposal in proposals {
            let accepted = try await desk.customer("The next step, please")
            if try await desk.store.session(accepted.session)?.pendingAction?.proposal == proposal {
                try await desk.customer("yes")
            }
            next.withLock { $0 += 1 }
        }
    }

    static func gunzip(_ path: String) throws -> [UInt8] {
        let file = try #require(gzopen(path, "rb"))
        defer { gzclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = gzread(file, &buffer, UInt32(buffer.count)), count > 0 {
            bytes += buffer[..<Int(count)]
        }
        return bytes
    }
}
