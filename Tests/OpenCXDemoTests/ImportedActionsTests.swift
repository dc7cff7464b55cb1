import Foundation
import OpenCXCore
import OpenCXDemoServer
import Testing

@testable import opencx_demo

/// Where the calls of documents may go that came over the REST API: whoever has a key chooses the address, and nothing inside is
/// theirs to reach.
@Suite(.timeLimit(.minutes(2))) struct ImportedActionsTests {
    @Test(arguments: ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])
    func `an imported action reaches nothing inside`(host: String) async throws {
        let statistics = HTTPServerStatistics()
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(drainTimeout: .seconds(1)), statistics: statistics, log: nil,
            answer: { _ in .response(WebhookResponse(status: 200, body: Array("{}".utf8))) })
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let running = Task { try await server.run { continuation.yield($0) } }
        var ready = ports.makeAsyncIterator()
        let port = try #require(await ready.next())
        let folder = try TemporaryFolder()
        let house = try await House.open(
            try Command.ask.parse(["x", "--data", folder.path + "/data"], terminal: Terminal()))
        let document: JSONValue = [
            "openapi": "3.1.0", "info": ["title": "Inside", "version": "1"],
            "paths": [
                "/state": [
                    "get": [
                        "operationId": "state", "description": "Tells the state that a machine of ours is in",
                        "responses": ["200": ["description": "The state."]],
                    ]
                ]
            ],
        ]
        // As an import keeps it.
        try await house.access.put(
            TeamDocument(
                kind: .init(rawValue: "openapi_document"), id: "inside",
                body: [
                    "document": .string(String(decoding: document.serialized(), as: UTF8.self)),
                    "server_base_url": .string("https://\(host):\(port)"),
                ], createdAt: .epoch))
        #expect(try await house.imported.actions().map(\.name) == ["state"])
        let call = ActionCall(
            name: "state", values: [:], idempotencyKey: "k", session: "s", ticket: TicketNumber(rawValue: 1))
        await #expect(throws: (any Error).self) { try await house.imported.call(call) }
        #expect(statistics.snapshot.connectionsTotal == 0, "nobody has even connected")
        await house.close()
        running.cancel()
        try await running.value
    }
}
