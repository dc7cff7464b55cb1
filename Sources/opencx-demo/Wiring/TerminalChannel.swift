internal import OpenCXCore

/// The conversation in the terminal: what is typed comes in, what is sent is printed; a model's reply while it is written.
struct TerminalChannel: StreamingChannel {
    let terminal: Terminal
    private let growing = Locked(Growing())
    var id: ChannelID { "terminal" }
    var kind: ChannelKind { .api }

    init(terminal: Terminal) {
        self.terminal = terminal
    }

    /// A reply that stands half on the screen.
    private struct Growing {
        var text = ""
        var printed: String?

        /// What is to be printed of the text so far. Markup that ends later is printed once it has.
        mutating func next(_ text: String) -> String? {
            let plain = PlainText.of(text).forTerminal
            guard plain.hasPrefix(printed ?? "") else { return nil }
            defer { printed = plain }
            return String(plain.dropFirst(printed?.count ?? 0))
        }
    }

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

    func show(_ piece: ReplyPiece) {
        growing.withLock { growing in
            switch piece.content {
            case .began(let text):
                growing = Growing(text: text.text)
                terminal.show("\n" + terminal.emphasized("agent") + "> " + (growing.next(growing.text) ?? ""))
            case .grew(let more):
                growing.text += more.text
                if let next = growing.next(growing.text) { terminal.show(next) }
            case .committed: break
            case .retracted:
                growing = Growing()
                terminal.print(terminal.faint("  [taken back]"))
            }
        }
    }

    func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        let name =
            switch message.message.author {
            case .person(let person): person.rawValue.forTerminal
            default: "agent"
            }
        let rest = growing.withLock { growing -> String? in
            defer { growing = Growing() }
            return growing.printed == nil ? nil : growing.next(message.text.reveal())
        }
        terminal.print(
            rest ?? "\n" + terminal.emphasized(name) + "> " + PlainText.of(message.text.reveal()).forTerminal)
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
