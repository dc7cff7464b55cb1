internal import OpenCXCore

/// The conversation in the terminal: what is typed comes in, what is sent is printed.
struct TerminalChannel: Channel {
    let terminal: Terminal
    var id: ChannelID { "terminal" }
    var kind: ChannelKind { .api }

    func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        throw ChannelError(.malformed, "The terminal takes no webhooks.")
    }

    func message(_ text: String, thread: ThreadID, email: String?, number: Int) -> InboundMessage {
        InboundMessage(
            channel: id, channelKind: kind, thread: thread, providerID: "\(thread)/\(number)",
            sender: ContactHandle(
                email: email, customID: email == nil ? thread.rawValue : nil, isVerified: email != nil),
            text: UnredactedText(text))
    }

    func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        let name =
            switch message.message.author {
            case .person(let person): person.rawValue.forTerminal
            default: "agent"
            }
        terminal.print("\n" + terminal.emphasized(name) + "> " + PlainText.of(message.text.reveal()).forTerminal)
        for citation in message.message.citations {
            terminal.print(terminal.faint("  source: \(citation.label.forTerminal)"))
        }
        return DeliveryReceipt()
    }
}

extension Citation {
    /// Title and link.
    var label: String {
        url.map { "\(title.text) <\($0)>" } ?? title.text
    }
}
