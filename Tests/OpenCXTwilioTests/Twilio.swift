import OpenCXCore
import OpenCXCrypto
import OpenCXTesting
import OpenCXTwilio

/// Twilio as tests play it.
enum Twilio {
    static let account = "AC" + String(repeating: "a", count: 32)
    static let url = "https://support.example.com/sms"
    static let business = "+15551230000"
    static let customer = "+15559870000"
    static let thread = ThreadID("\(business)/\(customer)")

    static let configuration = TwilioConfiguration(accountSID: account, authToken: Secret("12345"), publicURL: url)

    static func channel(
        _ http: ScriptedHTTP = ScriptedHTTP(answers: taken("SM1")),
        _ change: (inout TwilioConfiguration) -> Void = { _ in }
    ) -> TwilioChannel {
        var configuration = configuration
        change(&configuration)
        return TwilioChannel(configuration, http: http)
    }

    /// A request as Twilio makes it: signed over the URL and the sorted fields.
    static func request(
        _ fields: [(String, String)], query: [(name: String, value: String)] = [], url: String = url
    ) -> WebhookRequest {
        let all = [("AccountSid", account)] + fields
        let full = url + (query.isEmpty ? "" : "?" + query.map { "\($0.name)=\($0.value)" }.joined(separator: "&"))
        let signed = full + all.sorted { $0.0 < $1.0 }.map { $0.0 + $0.1 }.joined()
        let code = SHA1.authenticationCode(for: Array(signed.utf8), key: Array("12345".utf8))
        return WebhookRequest(
            path: "/sms", query: query,
            headers: [
                ("content-type", "application/x-www-form-urlencoded"), ("X-Twilio-Signature", Base64.encode(code)),
            ], body: FormFields.encoded(all.map { (name: $0.0, value: $0.1) }))
    }

    static func text(_ body: String, sid: String = "SM100") -> WebhookRequest {
        request([("MessageSid", sid), ("From", customer), ("To", business), ("Body", body), ("NumMedia", "0")])
    }

    static func status(_ status: String, of delivery: String, code: Int? = nil) -> WebhookRequest {
        request(
            [("MessageSid", "SM1"), ("MessageStatus", status)] + (code.map { [("ErrorCode", String($0))] } ?? []),
            query: [("delivery", delivery)])
    }

    static func taken(_ sid: String) -> ScriptedHTTP.Answer {
        ScriptedHTTP.Answer(
            #"{"sid": "\#(sid)", "status": "queued", "num_segments": "1", "error_code": null}"#, status: 201)
    }

    static func outbound(_ text: String, isRetry: Bool = false, thread: ThreadID = thread) -> OutboundMessage {
        let at = Timestamp(milliseconds: 1_790_000_000_000)
        return OutboundMessage(
            idempotencyKey: "s1-2-message", session: "s1", ticket: TicketNumber(rawValue: 1), thread: thread,
            contact: Contact(id: "c1", phone: customer, isVerified: true, createdAt: at),
            message: Message(id: "m1", author: .ai, text: RedactedText(derived: text), at: at),
            text: UnredactedText(text), isRetry: isRetry)
    }
}
