import FoundationEssentials
import OpenCXCore

/// A helpdesk with an HTTP API that takes an idempotency key.
struct TicketDesk: Helpdesk {
    let id: HelpdeskID
    let token: Secret
    let http: any HTTPClient

    func open(_ handoff: HandoffPackage) async throws -> HelpdeskReceipt {
        let response: HTTPResponse
        do {
            response = try await http.send(
                HTTPRequest(
                    method: "POST", url: "https://tickets.example/api/tickets",
                    headers: [
                        ("authorization", "Bearer \(token.reveal())"), ("content-type", "application/json"),
                        ("idempotency-key", handoff.idempotencyKey),
                    ], body: ticket(handoff).serialized()))
        } catch let error as HTTPClientError {
            throw HelpdeskError(.unavailable, "The helpdesk did not answer: \(error)")
        }
        switch response.status {
        case 200..<300:
            guard let ticket = try? JSONDecoder().decode(JSONValue.self, from: Data(response.body)),
                let reference = ticket["id"]?.string
            else { throw HelpdeskError(.unavailable, "The helpdesk's answer holds no \"id\".") }
            return HelpdeskReceipt(reference: reference)
        case 401, 403:
            throw HelpdeskError(.unauthorized, "The helpdesk refused the token; check it.")
        case 408, 429, 500...:
            let seconds = response.headers.first { $0.name.lowercased() == "retry-after" }.flatMap { Int64($0.value) }
            throw HelpdeskError(
                .unavailable, "The helpdesk answered \(response.status).", retryAfter: seconds.map { .seconds($0) })
        default:
            throw HelpdeskError(.rejected, "The helpdesk answered \(response.status).")
        }
    }

    /// The ticket as the vendor wants it. Raw values belong here: this is the boundary they are meant for.
    private func ticket(_ handoff: HandoffPackage) -> JSONValue {
        let lines = handoff.transcript.map { "\($0.author.label): \($0.text.reveal())" }
        return [
            "subject": .string("\(handoff.ticket) \(handoff.record.trigger.rawValue)"),
            "requester": [
                "name": handoff.contact.name.map(JSONValue.string) ?? .null,
                "email": handoff.contact.email.map(JSONValue.string) ?? .null,
            ],
            "note": .string(handoff.record.explanation.text + "\n\n" + handoff.summary.reveal()),
            "body": .string(lines.joined(separator: "\n\n")),
            "tags": .array((handoff.tags + handoff.record.reasons.map(\.rawValue)).map(JSONValue.string)),
        ]
    }
}
