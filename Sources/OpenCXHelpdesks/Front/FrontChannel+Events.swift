internal import HelpdeskSupport
internal import MailSenders
internal import OpenCXCore

extension FrontChannel {
    /// What an event tells, read in full.
    func events(of event: FrontEvent) async throws -> [ChannelEvent] {
        switch event.kind {
        case .inbound: return try await messages(of: event).map(ChannelEvent.message)
        case .deliveryFailed(let isPassing): return try await report(event, isPassing: isPassing)
        default:
            return try await account.teamEvent(of: event) { .thread(ThreadID($0)) }.map { [.team($0)] } ?? []
        }
    }

    private func messages(of event: FrontEvent) async throws -> [InboundMessage] {
        guard let (message, conversation) = try await account.message(of: event), message.isInbound,
            let kind = message.channelKind
        else { return [] }
        var id = conversation
        let asked = try await FrontAccount.found { try await account.api.conversation(&id) }
        guard let found = asked, found.isWithCustomer, found.status != "deleted" else { return [] }
        let sender = message.sender ?? found.recipient
        let words = MessageText.words(of: message)
        guard !(MessageText.isBlank(words) && message.attachments.isEmpty), !Self.isMachine(sender, message, kind)
        else {
            return []
        }
        return [
            InboundMessage(
                channel: self.id, channelKind: kind, thread: ThreadID(id), providerID: message.id,
                sender: await handle(of: sender, on: kind, in: id), text: UnredactedText(words),
                subject: (message.subject ?? found.subject).map(UnredactedText.init),
                attachments: message.attachments, helpdesk: helpdesk, holder: account.holder(of: found))
        ]
    }

    /// Who wrote: known by address where Front tells one, else by what Front calls them.
    private func handle(of sender: FrontRecipient?, on kind: ChannelKind, in conversation: String) async
        -> ContactHandle
    {
        guard let sender else { return ContactHandle(customID: "front:\(conversation)", isVerified: false) }
        // The message counts more than Front's address book: when that cannot be asked now, it is not.
        let contact = try? await account.api.contact(
            of: sender, on: kind, creating: account.configuration.createsContacts)
        let attributes = contact.map { ["front_contact": $0] } ?? [:]
        let name = sender.name.map { String($0.prefix(100)) }
        if kind == .sms || kind == .whatsapp {
            return ContactHandle(phone: sender.handle, name: name, attributes: attributes, isVerified: true)
        }
        let isTrusted = account.configuration.trustsSenders
        if sender.handle.utf8.contains(UInt8(ascii: "@")) {
            return ContactHandle(
                email: sender.handle, customID: isTrusted ? nil : "mailto:" + sender.handle.lowercased(), name: name,
                attributes: attributes, isVerified: isTrusted)
        }
        return ContactHandle(
            customID: "front:\(sender.handle)", name: name, attributes: attributes, isVerified: isTrusted)
    }

    /// Nobody reads what machines are answered, and an absence note would answer each answer. Front tells no headers, so address and
    /// subject have to do.
    private static func isMachine(_ sender: FrontRecipient?, _ message: FrontMessage, _ kind: ChannelKind) -> Bool {
        kind == .email
            && (MachineAddress.matches(sender?.handle ?? "") || AbsenceSubject.matches(message.subject ?? ""))
    }

    /// What became of a message of ours. One that this process does not remember is told in the history.
    private func report(_ event: FrontEvent, isPassing: Bool) async throws -> [ChannelEvent] {
        guard let (message, conversation) = try await account.message(of: event), !message.isInbound else { return [] }
        if let delivery = message.uid.flatMap({ account.sent.delivery(of: $0) }) {
            let reason =
                isPassing ? "Front could not send the message." : "The recipient's server did not take the message."
            return [
                .delivery(
                    DeliveryReport(
                        delivery: OutboxID(delivery), progress: .failed(reason: reason, isPassing: isPassing)))
            ]
        }
        let words =
            account.isAI(message.author)
            ? "Front could not deliver a message of the AI." : "Front could not deliver a message of the team."
        return [
            .team(
                TeamEvent(
                    .changed(UnredactedText(words), by: nil), in: .thread(ThreadID(conversation)),
                    providerID: event.name))
        ]
    }
}
