import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXEmail

/// Mails as tests write them.
enum Samples {
    static let secret = Secret("a secret of the tests")

    static func mail(
        from: String = "Ada Byron <ada@example.com>", to: String = "help@fernhill.example",
        subject: String = "My order",
        id: String = "m1@example.com", headers: [String] = [], _ text: String = "Where is my parcel?"
    ) -> String {
        ([
            "From: " + from, "To: " + to, "Subject: " + subject, "Message-ID: <\(id)>",
            "Date: Mon, 3 May 2021 10:04:05 +0000",
        ] + headers).joined(separator: "\r\n") + "\r\n\r\n" + text + "\r\n"
    }

    static func bounce(of id: String, status: String, action: String = "failed") -> String {
        """
        From: Mail Delivery System <mailer-daemon@example.com>
        To: help@fernhill.example
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        Return-Path: <>
        Content-Type: multipart/report; report-type=delivery-status; boundary="r"

        --r
        Content-Type: text/plain

        This is the mail system.
        --r
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.example.com

        Final-Recipient: rfc822; ada@example.com
        Action: \(action)
        Status: \(status)
        Diagnostic-Code: smtp; 550 no such user

        --r
        Content-Type: message/rfc822

        From: help@fernhill.example
        Message-ID: <\(id)>
        Subject: Re: My order

        Text
        --r--
        """
    }

    static func read(_ text: String) throws -> MailMessage { try MailReader().read(Array(text.utf8)) }
}

/// A transport that keeps what it is given.
final class KeptMails: MailTransport {
    private let state = Locked<[OutgoingMail]>([])

    var mails: [OutgoingMail] { state.withLock { $0 } }

    func send(_ mail: OutgoingMail) async throws { state.withLock { $0.append(mail) } }

    /// What was sent, read again.
    var read: [MailMessage] { get throws { try mails.map { try MailReader().read($0.bytes) } } }
}

/// An e-mail channel in front of a whole agent on fakes.
struct MailDesk {
    let store: InMemoryStore
    let clock: ManualClock
    let transport: KeptMails
    let skipped = Locked<[SkippedMail]>([])
    let ids: SequentialIDs
    let channel: EmailChannel
    let agent: Agent

    init(
        addresses: [String] = ["help@fernhill.example", "sales@fernhill.example"],
        answer: RedactedText = "It is **on its way**.", edit: (inout EmailConfiguration) -> Void = { _ in }
    ) {
        self.init(
            InMemoryStore(), ManualClock(), KeptMails(), SequentialIDs(), addresses: addresses, answer: answer,
            edit: edit)
    }

    private init(
        _ store: InMemoryStore, _ clock: ManualClock, _ transport: KeptMails, _ ids: SequentialIDs,
        addresses: [String], answer: RedactedText = "It is **on its way**.", edit: (inout EmailConfiguration) -> Void
    ) {
        (self.store, self.clock, self.transport, self.ids) = (store, clock, transport, ids)
        let skipped = skipped
        var configuration = EmailConfiguration(
            addresses: addresses, name: "Fernhill", signature: "Fernhill Outfitters", secret: Samples.secret,
            skipped: { mail in skipped.withLock { $0.append(mail) } })
        edit(&configuration)
        channel = EmailChannel(configuration: configuration, sessions: store, transport: transport, clock: clock)
        agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: ScriptedAnswerer(answering: answer),
                channels: [channel],
                clock: clock, ids: ids))
    }

    /// The same desk after a restart: what is stored is there, what was in memory is not.
    func restarted() -> MailDesk {
        let configuration = channel.configuration
        return MailDesk(store, clock, transport, ids, addresses: configuration.addresses) { $0 = configuration }
    }

    /// A mail comes in, and everything due is done.
    @discardableResult
    func receive(_ text: String) async throws -> [ChannelEvent] { try await receive(Array(text.utf8)) }

    @discardableResult
    func receive(_ bytes: [UInt8]) async throws -> [ChannelEvent] {
        let events = try await channel.events(of: try MailReader().read(bytes))
        let response = await agent.handle(channel.request(for: bytes), on: channel.id)
        #expect(response.status == 200)
        try await agent.runUntilIdle()
        clock.advance(by: .seconds(1))
        return events
    }

    /// The one message in a mail.
    func message(_ text: String) async throws -> InboundMessage? {
        let events = try await channel.events(of: try Samples.read(text))
        return events.lazy.compactMap { if case .message(let message) = $0 { message } else { nil } }.first
    }
}
