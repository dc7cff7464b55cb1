import FoundationEssentials
import OpenCXCore

/// A shop's bonus programme: looks up points, and redeems vouchers.
struct BonusProgramme: ActionProvider {
    let token: Secret
    let http: any HTTPClient

    func actions() async throws -> [ActionDefinition] {
        let customer = ActionParameter(name: "customer", label: "e-mail address", source: .contactEmail)
        return [
            ActionDefinition(
                name: "points_balance", summary: "look up the points balance",
                examples: ["How many points do I have?", "What is my points balance?"],
                parameters: [customer], effect: .lookup, replies: ["en": "You have **{points}** points."]),
            ActionDefinition(
                name: "redeem_voucher", summary: "redeem the voucher",
                examples: ["Redeem my voucher", "I want to use a voucher"],
                parameters: [
                    customer, ActionParameter(name: "voucher", label: "voucher code", source: .code("VC-####")),
                ],
                effect: .change, replies: ["en": "Done: {voucher} brought you to **{points}** points."]),
        ]
    }

    func call(_ call: ActionCall) async throws -> ActionResult {
        let arguments = call.arguments.mapValues { JSONValue.string($0.reveal()) }
        // Whatever the client throws passes on: nobody knows then whether the request arrived.
        let response = try await http.send(
            HTTPRequest(
                method: "POST", url: "https://bonus.example/\(call.name)",
                headers: [
                    ("authorization", "Bearer \(token.reveal())"), ("content-type", "application/json"),
                    ("idempotency-key", call.idempotencyKey),
                ], body: JSONValue.object(arguments).serialized(), timeout: .seconds(10)))
        switch response.status {
        case 200..<300:
            let result = try JSONDecoder().decode([String: String].self, from: Data(response.body))
            return ActionResult(fields: result.mapValues { UnredactedText($0) })
        case 404:
            throw ActionError(.notFound, "This customer has no such voucher.")
        case 400..<500:
            throw ActionError(.refused, "The bonus programme answered \(response.status).")
        default:
            // The server failed half-way, perhaps.
            throw HTTPClientError(.interrupted, "The bonus programme answered \(response.status).")
        }
    }
}
