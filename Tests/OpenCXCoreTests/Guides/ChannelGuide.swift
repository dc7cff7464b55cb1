import FoundationEssentials
import OpenCXCore

/// Text messages through a provider that posts JSON and takes JSON.
struct TextMessages: Channel {
    let id: ChannelID
    /// Our number, as the provider writes it.
    let number: String
    let token: Secret
    let http: any HTTPClient

    var kind: ChannelKind { .sms }

    func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        guard request.header("authorization").map(isOurs) == true else {
            throw ChannelError(.unauthorized, "The request does not carry the provider's token.")
        }
        let delivery: Delivery
        do {
            delivery = try JSONDecoder().decode(Delivery.self, from: Data(request.body))
        } catch {
            throw ChannelError(.malformed, "The body must be {\"messages\": [{\"id\", \"from\", \"text\"}]}.")
        }
        return delivery.messages.map { message in
            InboundMessage(
                channel: id, channelKind: kind, thread: ThreadID("\(number)/\(message.from)"), providerID: message.id,
                // The telephone network vouches for the sender's number.
                sender: ContactHandle(phone: message.from, isVerified: true), text: UnredactedText(message.text))
        }
    }

    func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        guard let phone = message.contact.phone else {
            throw ChannelError(.rejected, "The contact has no telephone number.")
        }
        let body: JSONValue = [
            "from": .string(number), "to": .string(phone), "text": .string(message.text.reveal()),
        ]
        let response: HTTPResponse
        do {
            response = try await http.send(
                HTTPRequest(
                    method: "POST", url: "https://api.texts.example/messages",
                    headers: [
                        ("authorization", "Bearer \(token.reveal())"), ("content-type", "application/json"),
                        ("idempotency-key", message.idempotencyKey),
                    ], body: body.serialized(), timeout: .seconds(20)))
        } catch let error as HTTPClientError {
            throw ChannelError(.unavailable, "The provider did not answer: \(error)")
        }
        switch response.status {
        case 200..<300:
            let receipt = try? JSONDecoder().decode(JSONValue.self, from: Data(response.body))
            return DeliveryReceipt(providerID: receipt?["id"]?.string)
        case 401, 403:
            throw ChannelError(.unauthorized, "The provider refused the token; check it.")
        case 408, 429, 500...:
            throw ChannelError(
                .unavailable, "The provider answered \(response.status).", retryAfter: retryAfter(response))
        default:
            throw ChannelError(.rejected, "The provider answered \(response.status).")
        }
    }

    private struct Delivery: Decodable {
        struct Message: Decodable {
            var id: String
            var from: String
            var text: String
        }

        var messages: [Message]
    }

    /// Compares all bytes whatever the first ones are, so that the time it takes tells nothing.
    private func isOurs(_ header: String) -> Bool {
        let given = Array(header.utf8)
        let wanted = Array("Bearer \(token.reveal())".utf8)
        return given.count == wanted.count && zip(given, wanted).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private func retryAfter(_ response: HTTPResponse) -> Duration? {
        let header = response.headers.first { $0.name.lowercased() == "retry-after" }
        return header.flatMap { Int64($0.value) }.map { .seconds($0) }
    }
}
