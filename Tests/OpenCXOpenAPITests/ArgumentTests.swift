import OpenCXCore
import OpenCXOpenAPI
import Testing

struct ArgumentTests {
    static let refund = Shop.document(
        """
        requestBody:
          required: true
          content:
            application/json:
              schema:
                type: object
                required: [order_id, amount]
                properties:
                  order_id: {type: string, pattern: "^#W[0-9]{7}$"}
                  amount: {type: number, exclusiveMinimum: 0}
                  reason: {type: string, enum: [damaged, late]}
                  customer: {type: object, properties: {id: {type: integer}, note: {type: string}}}
                  lines: {type: array, items: {type: object, properties: {price: {type: string}}}}
        """, method: "post")

    static func problem(_ values: [String: JSONValue], _ settings: OpenAPISettings = OpenAPISettings()) async throws
        -> String?
    {
        do {
            _ = try await Shop.request(refund, values, settings: settings)
            return nil
        } catch let error as ActionError {
            #expect(error.code == .badArguments)
            return error.message
        }
    }

    static let wrong: [([String: JSONValue], String)] = [
        (["amount": 5], "The argument order_id is missing."),
        (["order_id": "W1", "amount": 5], "order_id must match the pattern ^#W[0-9]{7}$"),
        (["order_id": "#W1234567", "amount": "much"], "amount must be a number"),
        (["order_id": "#W1234567", "amount": -1], "amount must be more than 0"),
        (["order_id": "#W1234567", "amount": 1, "reason": "bored"], #"reason must be one of "damaged", "late""#),
        (["order_id": "#W1234567", "amount": 1, "customer": ["id": "x"]], "customer.id must be a whole number"),
        (
            ["order_id": "#W1234567", "amount": 1, "jane@example.com": 1],
            "There is an argument that the action does not take; it takes amount, customer, lines, order_id, reason."
        ),
    ]

    @Test(arguments: wrong)
    func `wrong arguments are refused before the call, with what to do about it`(
        values: [String: JSONValue], message: String
    ) async throws {
        #expect(try await Self.problem(values) == message)
    }

    static let limits: [(ActionLimit, [String: JSONValue], Bool)] = [
        (ActionLimit("amount", maximum: 50), ["amount": 50], true),
        (ActionLimit("amount", maximum: 50), ["amount": "50.01"], false),
        (ActionLimit("amount", of: "the_operation", minimum: 1, maximum: 50), ["amount": .number(0.5)], false),
        (ActionLimit("reason", allowed: ["late"]), ["reason": "damaged"], false),
        (ActionLimit("customer.id", maximum: 9), ["customer": ["id": 10]], false),
        (ActionLimit("customer.id", maximum: 9), ["customer": ["note": "x"]], true),
        (ActionLimit("lines.price", maximum: 9), ["lines": [["price": "3"], ["price": "9.5"]]], false),
        (ActionLimit("lines.price", maximum: 9), ["lines": [["price": "cheap"]]], false),
        (ActionLimit("lines.price", maximum: 9), ["lines": [["price": "9"]]], true),
    ]

    @Test(arguments: limits)
    func `what the team does not allow is not called, however it is written`(
        limit: ActionLimit, values: [String: JSONValue], isAllowed: Bool
    ) async throws {
        let all = (["order_id": "#W1234567", "amount": 5] as [String: JSONValue]).merging(values) { $1 }
        let problem = try await Self.problem(all, OpenAPISettings(limits: [limit]))
        #expect((problem == nil) == isAllowed)
        #expect(problem.map { $0.contains("team") } ?? true)
    }

    @Test func `a model reads what the team allows`() throws {
        let settings = OpenAPISettings(limits: [
            ActionLimit("amount", maximum: 50), ActionLimit("reason", allowed: ["late"]),
        ])
        let schema = try OpenAPIImport(document: Self.refund, settings: settings).actions[0].inputSchema
        #expect(schema["properties"]?["amount"]?["maximum"] == 50)
        #expect(schema["properties"]?["reason"]?["enum"] == ["late"])
    }

    @Test func `what is bound to the customer is nothing that a model sees`() async throws {
        let settings = OpenAPISettings(bindings: [
            ActionBinding("customer.id", to: .customID), ActionBinding("order_id", to: .email),
        ])
        let action = try OpenAPIImport(document: Self.refund, settings: settings).actions[0]
        let schema = action.inputSchema
        #expect(schema["properties"]?["order_id"] == nil)
        #expect(schema["properties"]?["customer"]?["properties"]?["id"] == nil)
        #expect(schema["properties"]?["customer"]?["properties"]?["note"] != nil)
        #expect(schema["required"] == ["amount"])
        let bound = action.parameters.filter(\.isBoundByPlatform)
        #expect(Set(bound.map(\.name)) == ["order_id", "customer_id"])
        // The platform's value takes the place of whatever a model wrote there.
        let request = try await Shop.request(
            Self.refund,
            ["amount": 1, "order_id": "#W1234567", "customer_id": "7", "customer": ["id": 8, "note": "x"]],
            settings: settings)
        #expect(request.text == ##"{"amount":1,"customer":{"id":"7","note":"x"},"order_id":"#W1234567"}"##)
    }

    @Test func `a binding holds for every operation that has the parameter, or for one`() throws {
        let document =
            Shop.document("parameters: [{name: email, in: query, schema: {}}]")
            + Array(
                """

                  /others:
                    get:
                      operationId: other_operation
                      description: Does something else for a customer.
                      parameters: [{name: email, in: query, schema: {}}]
                """.utf8)
        let all = try OpenAPIImport(
            document: document, settings: OpenAPISettings(bindings: [ActionBinding("email", to: .email)]))
        #expect(all.actions.allSatisfy { $0.parameters[0].source == .contactEmail })
        let one = try OpenAPIImport(
            document: document,
            settings: OpenAPISettings(bindings: [ActionBinding("email", of: "other_operation", to: .phone)]))
        #expect(one.actions.map(\.parameters[0].source) == [.contactPhone, .conversation])
    }
}
