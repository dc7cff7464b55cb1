import Testing

@testable import OpenCXCore
@testable import OpenCXEmail
@testable import OpenCXFront
@testable import OpenCXHubSpot
@testable import OpenCXSunshine
@testable import OpenCXTwilio
@testable import OpenCXZendesk

/// What helpdesks, telephone and mail providers post: read, or refused as malformed, and nothing else.
@Suite struct VendorFuzzTests {
    private static let tokens = [
        "null", "true", "{}", "[]", "\"id\":", "\"type\":", "\"payload\":", "-1", "1.5", "9223372036854775807", "\"\"",
        "\"event\":null,", "\"detail\":{}", "[{}]",
    ]

    /// Runs a reader that may throw `ChannelError` and must not throw anything else.
    private static func run(_ corpus: [String], _ read: ([UInt8]) throws -> Void) {
        Fuzz(corpus, tokens: tokens).run { bytes, _ in
            do { try read(bytes) } catch let error as ChannelError {
                if error.message.isEmpty { throw Fuzz.Wrong("a refusal without words") }
            }
        }
    }

    @Test(arguments: [FrontSignature.Origin.application, .rule])
    func `events of Front's`(origin: FrontSignature.Origin) {
        Self.run([
            #"{"type":"inbound_received","authorization":{"id":"cmp_1"},"payload":{"id":"evt_1","type":"inbound","#
                + #""emitted_at":1700000000.1,"conversation":{"id":"cnv_1","type":"conversation","assignee":null},"#
                + #""source":{"_meta":{"type":"inboxes"},"data":[]},"target":{"_meta":{"type":"message"},"data":{"id":"msg_1"}}}}"#,
            #"{"id":"evt_2","type":"assign","conversation":{"id":"cnv_1"},"target":{"_meta":{"type":"teammate"},"#
                + #""data":{"id":"tea_1","email":"a@example.com"}},"source":{"data":{"id":"tea_2"}}}"#,
        ]) { _ = try FrontEvent($0, from: origin) }
    }

    @Test func `events of Zendesk's`() {
        Self.run([
            #"{"type":"zen:event-type:ticket.comment_added","id":"01","detail":{"id":"35436","status":"OPEN","#
                + #""external_id":"s","actor_id":"1","requester_id":"2","tags":["x"]},"event":{"comment":{"id":"7","#
                + #""is_public":true,"author":{"id":"1","is_staff":true,"name":"A"},"body":"Hello","#
                + #""attachments":[{"id":"1","filename":"a.png","content_url":"https://x.example/a","content_type":"image/png"}]}}}"#,
            #"{"type":"zen:event-type:ticket.status_changed","id":"02","detail":{"id":1},"event":{"current":"SOLVED","#
                + #""previous":"OPEN"}}"#,
        ]) { bytes in
            guard let event = try ZendeskEvent(WebhookRequest(body: bytes)) else { return }
            _ = event.activities(agent: 1)
            _ = event.handedOffConversation(answeredSources: [])
        }
    }

    @Test func `events of HubSpot's`() {
        Self.run([
            #"[{"eventId":100,"subscriptionId":1,"portalId":2,"occurredAt":1700000000000,"#
                + #""subscriptionType":"ticket.propertyChange","objectId":123,"propertyName":"hs_pipeline_stage","#
                + #""propertyValue":"4","sourceId":"userId:5"},{"eventId":"101","subscriptionType":"conversation.newMessage","#
                + #""objectId":"77","messageId":"m","messageType":"MESSAGE","occurredAt":1700000000001}]"#
        ]) { bytes in
            let events = try HubSpotEvent.read(bytes)
            if zip(events, events.dropFirst()).contains(where: { $0.occurredAt > $1.occurredAt }) {
                throw Fuzz.Wrong("events out of their order")
            }
        }
    }

    @Test func `events of Sunshine Conversations`() {
        Self.run([
            #"{"app":{"id":"a"},"webhook":{"id":"w","version":"v2"},"events":[{"id":"e","type":"conversation:message","#
                + #""payload":{"conversation":{"id":"c"},"message":{"id":"m","author":{"type":"business","displayName":"A"},"#
                + #""content":{"type":"file","mediaUrl":"https://x.example/a.pdf?x#y","mediaSize":12,"mediaType":"application/pdf"},"#
                + #""source":{"type":"zd:agentWorkspace"}}}},{"id":"f","type":"switchboard:releaseControl","#
                + #""payload":{"conversation":{"id":"c"},"reason":"ticketClosed"}}]}"#
        ]) { bytes in
            for event in try SunshineEvents.read(WebhookRequest(method: "POST", body: bytes))
            where event.providerID.isEmpty {
                throw Fuzz.Wrong("an event without an id")
            }
        }
    }

    @Test func `a form is read, and written again says the same`() {
        let fuzz = Fuzz(
            ["From=%2B14155550100&Body=Hi+there%21&NumMedia=1&MediaUrl0=https%3A%2F%2Fx.example%2Fa", "a=1&a=2&=&b"],
            tokens: ["%", "%2", "%zz", "&", "=", "+", "%F0%9F%98%80", "%00"])
        fuzz.run { bytes, _ in
            guard let form = FormFields(bytes) else { return }
            let again = FormFields(FormFields.encoded(form.all))
            let isSame = again.map { again in
                again.all.elementsEqual(form.all) {
                    $0.name.utf8.elementsEqual($1.name.utf8) && $0.value.utf8.elementsEqual($1.value.utf8)
                }
            }
            if isSame != true { throw Fuzz.Wrong("another form: \(form.all)") }
        }
    }

    @Test func `a text is cut into messages that a telephone takes, and nothing of it is lost`() {
        let fuzz = Fuzz(
            [
                "**Returns** are free. See [the page](https://shop.example/returns?a=1), then:\n\n1. Print the label.\n2. Post it."
            ],
            tokens: [
                "https://x.example/" + String(repeating: "y", count: 90), "€", "{", "😀", "”", "\n\n", ". ", "`", "*",
            ])
        fuzz.run { bytes, random in
            let text = SMSText.plain(String(decoding: bytes, as: UTF8.self))
            let limit = 20 + random.below(1600)
            let bodies = SMSText.bodies(text, limit: limit)
            let letters = { (text: String) in text.unicodeScalars.filter { !$0.properties.isWhitespace }.count }
            if bodies.map(letters).reduce(0, +) != letters(text) { throw Fuzz.Wrong("something is lost or added") }
        }
    }

    @Test func `a mail is read, or refused, and has no more parts than are taken`() {
        let fuzz = Fuzz(
            [
                "From: Ada <ada@example.com>\r\nTo: help@example.com\r\nSubject: =?utf-8?Q?R=C3=BCckgabe?=\r\n"
                    + "Message-ID: <1@example.com>\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
                    + "Hello,\r\nwhere is it?\r\n\r\n-- \r\nAda\r\n\r\nOn Mon, 1 Jan 2024 at 10:00, Help <help@example.com> wrote:\r\n"
                    + "> Here.\r\n",
                "From: <>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nText\r\n"
                    + "--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@example.com\r\n"
                    + "Action: failed\r\nStatus: 5.1.1\r\n--b--\r\n",
            ],
            tokens: [
                "\r\n", "--b", "> ", "-- \r\n", "base64", "quoted-printable", "=3D", "boundary=", "<blockquote>",
                "wrote:",
                "-----Original Message-----", "charset=utf-7", "=?x?B?",
            ])
        fuzz.run { bytes, _ in
            guard let mail = try? MailReader().read(bytes) else { return }
            if mail.texts.count > 200 || mail.files.count > 200 { throw Fuzz.Wrong("more parts than are taken") }
        }
    }
}
