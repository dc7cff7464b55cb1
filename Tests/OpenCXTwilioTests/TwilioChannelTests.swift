import OpenCXCore
import OpenCXTesting
import OpenCXTwilio
import Testing

struct TwilioChannelTests {
    // MARK: In

    @Test func `a text message is a message of its pair of numbers`() async throws {
        let messages = try await Twilio.channel().receive(Twilio.text("Where is my order? 100 % & more + ü"))
        let message = try #require(messages.first)
        #expect(messages.count == 1 && message.providerID == "SM100" && message.channelKind == .sms)
        #expect(message.text.reveal() == "Where is my order? 100 % & more + ü")
        #expect(message.thread == "+15551230000/+15559870000")
        #expect(message.sender.phone == "+15559870000" && message.sender.isVerified)
    }

    @Test func `pictures are attachments`() async throws {
        let request = Twilio.request([
            ("MessageSid", "SM1"), ("From", Twilio.customer), ("To", Twilio.business), ("Body", ""), ("NumMedia", "2"),
            ("MediaUrl0", "https://api.twilio.com/m/1"), ("MediaContentType0", "image/jpeg"),
            ("MediaUrl1", "javascript:alert(1)"), ("MediaContentType1", "text/html"),
        ])
        let files = try await Twilio.channel().receive(request)[0].attachments
        #expect(files.count == 1 && files[0].mediaType == "image/jpeg")
        #expect(files[0].location == "https://api.twilio.com/m/1" && files[0].name.reveal() == "media-1.jpeg")
    }

    @Test func `behind a proxy the public address counts`() async throws {
        let url = "https://support.example.com/hooks/sms?tenant=7"
        let channel = Twilio.channel { $0.publicURL = url }
        let request = Twilio.request(
            [("MessageSid", "SM1"), ("From", Twilio.customer), ("To", Twilio.business), ("Body", "Hello")], url: url)
        #expect(try await channel.receive(request).count == 1)
    }

    @Test(arguments: ["forged", "unsigned", "other account", "get", "no body", "whatsapp", "other number"])
    func `what is not Twilio's or not for us is refused`(kind: String) async throws {
        var request = Twilio.text("Hello")
        var channel = Twilio.channel()
        var status = 401
        switch kind {
        case "forged": request.body += Array("&Body=Bye".utf8)
        case "unsigned": request.headers = []
        case "other account":
            channel = Twilio.channel { $0.accountSID = "AC" + String(repeating: "b", count: 32) }
        case "get": (request.method, status) = ("GET", 400)
        case "no body":
            (request, status) = (Twilio.request([("MessageSid", "SM1"), ("From", "+1"), ("To", "+2")]), 400)
        case "whatsapp":
            let fields = [("MessageSid", "SM1"), ("From", "whatsapp:+1555"), ("To", "whatsapp:+1666"), ("Body", "x")]
            (request, status) = (Twilio.request(fields), 400)
        default: (channel, status) = (Twilio.channel { $0.numbers = ["+15550000000"] }, 404)
        }
        let (asked, given) = (channel, request)
        let error = try await #require(throws: ChannelError.self) { _ = try await asked.events(in: given) }
        #expect(error.httpStatus == status)
        #expect(!error.message.contains("Hello") && !error.message.contains("+1555"))
    }

    @Test(arguments: [
        ("STOP", nil, "stop"), ("stop", nil, "stop"), ("START", nil, "start"), ("anything", "STOP", "stop"),
        ("HELP", "HELP", "nothing"), ("HELP", nil, "message"), ("Please stop the delivery", nil, "message"),
    ])
    func `words about messages are told from messages`(body: String, type: String?, expected: String) async throws {
        let fields = [("MessageSid", "SM1"), ("From", Twilio.customer), ("To", Twilio.business), ("Body", body)]
        let request = Twilio.request(fields + (type.map { [("OptOutType", $0)] } ?? []))
        let kinds = try await Twilio.channel().events(in: request).map { event in
            switch event {
            case .consent(_, let isGiven): isGiven ? "start" : "stop"
            case .message: "message"
            case .delivery: "delivery"
            case .team: "team"
            case .unreachable: "unreachable"
            }
        }
        #expect((kinds.first ?? "nothing") == expected && kinds.count <= 1)
    }

    private static func failed(_ code: Int, isPassing: Bool) -> DeliveryProgress {
        .failed(
            reason: "The carrier did not deliver the message (Twilio's error \(code)).", isPassing: isPassing)
    }

    @Test(arguments: [
        ("sent", nil, DeliveryProgress.sent), ("delivered", nil, .delivered), ("read", nil, .read),
        ("failed", 30003, failed(30003, isPassing: true)), ("undelivered", 30006, failed(30006, isPassing: false)),
        ("queued", nil, nil), ("sending", nil, nil),
    ])
    func `callbacks tell what became of a message`(
        status: String, code: Int?, progress: DeliveryProgress?
    ) async throws {
        let events = try await Twilio.channel().events(in: Twilio.status(status, of: "s1-2-message", code: code))
        let reports = events.compactMap { if case .delivery(let report) = $0 { report } else { nil } }
        #expect(reports == (progress.map { [DeliveryReport(delivery: "s1-2-message", progress: $0)] } ?? []))
        #expect(events.count == reports.count)
    }

    // MARK: Out

    @Test func `a reply goes out from the number that was written to`() async throws {
        let http = ScriptedHTTP(answers: Twilio.taken("SM7"))
        let channel = Twilio.channel(http) { $0.messagingServiceSID = "MG1" }
        let receipt = try await channel.send(Twilio.outbound("Your order is **on its way**."))
        #expect(receipt.providerID == "SM7")
        let request = try #require(http.requests.first)
        #expect(request.url == "https://api.twilio.com/2010-04-01/Accounts/\(Twilio.account)/Messages.json")
        #expect(request.method == "POST")
        let fields = try #require(FormFields(request.body))
        #expect(fields["To"] == Twilio.customer && fields["From"] == Twilio.business)
        #expect(fields["Body"] == "Your order is on its way." && fields["MessagingServiceSid"] == "MG1")
        #expect(fields["StatusCallback"] == Twilio.url + "?delivery=s1-2-message")
    }

    @Test func `a second try sends what the first did not get through`() async throws {
        let sentence = "All work and no play. "
        let first = String(repeating: sentence, count: 69).dropLast()
        func row(_ sid: String, _ body: some StringProtocol, _ direction: String, _ status: String) -> String {
            #"{"sid": "\#(sid)", "body": "\#(body)", "direction": "\#(direction)", "status": "\#(status)", "#
                + #""date_created": "Mon, 21 Sep 2026 14:13:20 +0000"}"#
        }
        let rows = [
            row("SM0", first, "outbound-api", "failed"), row("SM1", first, "outbound-api", "queued"),
            row("SM3", "Other", "inbound", "received"),
        ]
        let list = ScriptedHTTP.Answer(#"{"messages": [\#(rows.joined(separator: ", "))]}"#)
        let http = ScriptedHTTP { request in request.method == "GET" ? list : Twilio.taken("SM2") }
        let text = String(repeating: sentence, count: 100)
        let receipt = try await Twilio.channel(http).send(Twilio.outbound(text, isRetry: true))
        #expect(http.requests[0].url.contains("To=%2B15559870000&From=%2B15551230000"))
        let posts = http.requests.filter { $0.method == "POST" }
        #expect(posts.count == 1 && receipt.providerID == "SM2")
        let rest = try #require(FormFields(posts[0].body)?["Body"])
        #expect(rest == String(repeating: sentence, count: 31).dropLast())
    }

    @Test func `each body of a long message is told of by itself`() async throws {
        let http = ScriptedHTTP(answers: Twilio.taken("SM1"), Twilio.taken("SM2"))
        let channel = Twilio.channel(http)
        _ = try await channel.send(Twilio.outbound(String(repeating: "All work and no play. ", count: 100)))
        let callbacks = http.requests.compactMap { FormFields($0.body)?["StatusCallback"] }
        #expect(callbacks == ["1-2", "2-2"].map { Twilio.url + "?delivery=s1-2-message&part=\($0)" })
        for (text, part) in [("2-2", DeliveryPart(2, of: 2)), ("3-2", nil), ("0-2", nil), ("x", nil)] {
            let fields = [("MessageSid", "SM2"), ("MessageStatus", "delivered")]
            let request = Twilio.request(fields, query: [("delivery", "s1-2-message"), ("part", text)])
            guard let part else {
                // Not an address that we have given out.
                await #expect(throws: ChannelError.self) { _ = try await channel.events(in: request) }
                continue
            }
            guard case .delivery(let report)? = try await channel.events(in: request).first else {
                Issue.record("no report")
                return
            }
            #expect(report == DeliveryReport(delivery: "s1-2-message", progress: .delivered, part: part))
        }
    }

    @Test(arguments: [
        (429, 20429, true), (503, nil, true), (500, nil, true), (401, 20003, true), (400, 21610, false),
        (400, 21211, false), (400, 21408, false), (400, 99999, false), (404, 20404, true),
    ])
    func `refusals are told from what passes`(status: Int, code: Int?, isRetryable: Bool) async throws {
        let body = code.map { #"{"code": \#($0), "message": "+15559870000 is bad", "status": \#(status)}"# } ?? "<html>"
        let http = ScriptedHTTP(answers: ScriptedHTTP.Answer(body, status: status, headers: [("Retry-After", "7")]))
        let error = try await #require(throws: ChannelError.self) {
            _ = try await Twilio.channel(http).send(Twilio.outbound("Hello"))
        }
        #expect(error.isRetryable == isRetryable && !error.message.contains("+1555"))
        if status == 429 { #expect(error.retryAfter == .seconds(7)) }
    }

    @Test func `a message of another channel is not sent to nowhere`() async throws {
        let error = try await #require(throws: ChannelError.self) {
            _ = try await Twilio.channel().send(Twilio.outbound("Hello", thread: "thread-1"))
        }
        #expect(!error.isRetryable)
    }

    @Test func `Twilio is answered with empty TwiML`() {
        let response = Twilio.channel().acknowledgement(of: Twilio.text("x"), accepted: [])
        #expect(String(decoding: response.body, as: UTF8.self).hasSuffix("<Response/>") && response.status == 200)
    }
}
