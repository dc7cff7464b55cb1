import OpenCXCore
import OpenCXTesting
import Testing

@testable import opencx_demo

/// The sample shop's orders, through the OpenAPI document.
@Suite struct ShopTests {
    private static let mia = "mia.keller@example.com"
    private let book: OrderBook

    init() throws {
        book = try OrderBook(file: Demo.examples + "/orders.json")
    }

    private func ask(_ question: String, as email: String? = mia) async throws -> Outcome {
        try await Demo.run(
            ["ask", question, "--config", Demo.examples + "/fernhill.json"] + (email.map { ["--as", $0] } ?? []))
    }

    @Test func `an order's status is looked up, in the customer's language`() async throws {
        let english = try await ask("Where is my order fh-10423?")
        #expect(english.code == 0 && english.errors.isEmpty, "\(english.errors)")
        #expect(
            english.output.contains(
                "Order FH-10423 (Ridgeline 2 tent, Footprint), placed on 17 November, is on its way."))
        let german = try await ask("Wo ist meine Bestellung FH-10423?")
        #expect(german.output.contains("Voraussichtliche Lieferung: 24 November"))
        #expect(try await ask("Where is my order?").output.contains("Could you tell me your order number?"))
        #expect(try await ask("Wo ist meine Bestellung?").output.contains("Nennen Sie mir bitte: Bestellnummer"))
    }

    @Test func `somebody else's order is none`() async throws {
        let other = try await ask("Where is my order FH-10423?", as: "tom.brandt@example.com")
        #expect(other.output.contains("I couldn't find anything for that order number."))
        let nobody = try await ask("Where is my order FH-10423?", as: nil)
        #expect(!nobody.output.contains("Ridgeline") && nobody.output.contains("handed off"))
    }

    @Test func `a cancellation is asked for first, and done on a yes`() async throws {
        let folder = try TemporaryFolder()
        let channel = SilentChannel()
        let invocation = try Command.ask.parse(
            ["x", "--config", Demo.examples + "/fernhill.json", "--data", folder.path], terminal: Terminal())
        let house = try await House.open(invocation, channels: [channel])
        var replies: [String] = []
        for (number, text) in ["Please cancel order FH-10431", "yes", "Where is my order FH-10431?"].enumerated() {
            let accepted = try await house.agent.receive(
                InboundMessage(
                    channel: channel.id, channelKind: channel.kind, thread: "t", providerID: "\(number)",
                    sender: ContactHandle(email: Self.mia, isVerified: true), text: UnredactedText(text))
            ).0
            try await house.agent.runUntilIdle()
            let history = try await house.store.history(accepted.session, after: 0, limit: 100)
            replies.append(history.compactMap(\.message).last?.text.text ?? "")
            if number == 0 { #expect(house.orders?["FH-10431"]?.status == "being packed") }
        }
        #expect(replies[0] == "Shall I cancel order **FH-10431**? Please answer yes or no.")
        #expect(replies[1] == "Done: order **FH-10431** is cancelled.")
        #expect(replies[2].contains("is **cancelled**"))
        #expect(house.orders?["FH-10431"]?.status == "cancelled")
        await house.close()
    }

    private func respond(_ method: String, _ path: String, _ headers: [(name: String, value: String)] = []) -> (
        Int, String?
    ) {
        let response = book.respond(to: WebhookRequest(method: method, path: path, headers: headers))
        let body = try? JSONValue(parsing: response.body)
        return (response.status, body?["status"]?.string)
    }

    @Test func `the mock API keeps customers apart and honours idempotency keys`() {
        let path = "/mock/orders/FH-10431"
        #expect(respond("GET", path) == (200, "being packed"))
        #expect(respond("GET", path, [("X-Customer-Email", "Mia.Keller@example.com")]) == (200, "being packed"))
        #expect(respond("GET", path, [("x-customer-email", "tom.brandt@example.com")]).0 == 404)
        #expect(respond("POST", path + "/cancel", [("x-customer-email", "tom.brandt@example.com")]).0 == 404)
        #expect(respond("POST", "/mock/orders/FH-10423/cancel", [("Idempotency-Key", "a")]).0 == 409)
        #expect(respond("GET", path + "/cancel").0 == 404)
        #expect(respond("DELETE", path).0 == 404)
        #expect(respond("GET", "/mock/orders/").0 == 404)
        #expect(respond("POST", path + "/cancel", [("Idempotency-Key", "b")]) == (200, "cancelled"))
        #expect(respond("POST", path + "/cancel", [("Idempotency-Key", "b")]) == (200, "cancelled"))
        // The key answers for its request, whatever the path says.
        #expect(respond("POST", path + "/cancel", [("Idempotency-Key", "a")]).0 == 409)
    }

    @Test func `calls to the shop stay in the process, and others go out`() async throws {
        struct Outside: HTTPClient {
            func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
                HTTPResponseStream(HTTPResponse(status: 418))
            }
        }
        let shop = MockShop(orders: book, outside: Outside())
        let url = MockShop.origin + "/mock/orders/FH-10423"
        #expect(try await shop.send(HTTPRequest(url: url)).status == 200)
        #expect(try await shop.send(HTTPRequest(url: MockShop.origin + ".evil/mock/orders/FH-10423")).status == 418)
        let empty = MockShop(orders: nil, outside: Outside())
        await #expect(throws: HTTPClientError.self) { try await empty.send(HTTPRequest(url: url)) }
    }
}
