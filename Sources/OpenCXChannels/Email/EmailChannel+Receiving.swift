package import OpenCXCore
internal import OpenCXCrypto

extension EmailChannel {
    /// What a mail tells. Nothing, where it is nobody's to answer.
    ///
    /// - Throws: what the store throws; the mail should be brought again.
    package func events(of mail: MailMessage) async throws -> [ChannelEvent] {
        if let notice = DeliveryNotice.read(mail, secret: configuration.secret) { return events(of: notice) }
        var rules = OriginRules(ownAddresses: addresses.keys, trustedLists: configuration.trustedLists)
        let isForm = mail.from.first.map { configuration.formSenders.contains($0.key) } ?? false
        if isForm { rules.ownAddresses = [] }
        switch isForm && mail.header(OriginRules.loopHeader) == nil ? .person : rules.origin(of: mail) {
        case .own: return skip(mail, .own)
        case .automatic(let evidence): return skip(mail, .init(description: evidence.rawValue))
        case .person: break
        }
        guard let sender = isForm ? mail.replyTo.first : mail.from.first, AddressCheck.isSendable(sender.address),
            !addresses.contains(sender.address)
        else { return skip(mail, .noSender) }
        return try await message(of: mail, from: sender, isForm: isForm).map { [.message($0)] } ?? skip(mail, .empty)
    }

    private func skip(_ mail: MailMessage, _ reason: SkippedMail.Reason) -> [ChannelEvent] {
        configuration.skipped?(SkippedMail(reason: reason, messageID: mail.messageID))
        return []
    }

    private func message(of mail: MailMessage, from sender: MailAddress, isForm: Bool) async throws -> InboundMessage? {
        let text = MailText().text(of: mail)
        let words = Self.bounded(ReplySplitter().split(text).words)
        let subject = mail.subject.flatMap(SubjectText.bare)
        // Some write all they have to say into the subject. That of an answer with a file repeats what was said before.
        let isAnswer = !mail.inReplyTo.isEmpty || !mail.references.isEmpty
        let said = words.isEmpty && (mail.files.isEmpty || !isAnswer) ? subject ?? "" : words
        let files = attached(to: mail, isAll: words.isEmpty)
        guard !said.isEmpty || !files.isEmpty else { return nil }
        let messageID = mail.messageID ?? Self.digest(of: mail, text)
        let thread = try await thread(of: mail, messageID: messageID, from: sender, text: text, isForm: isForm)
        memory.keep(
            MailMemory.Mail(messageID: mail.messageID, references: mail.references, subject: mail.subject), in: thread)
        let isVerified = !isForm && isVouchedFor(mail, sender)
        return InboundMessage(
            channel: id, channelKind: kind, thread: thread, providerID: messageID,
            sender: ContactHandle(
                email: sender.address, customID: isVerified ? nil : "mailto:" + sender.key,
                name: sender.name.map { String($0.prefix(100)) }, isVerified: isVerified),
            text: UnredactedText(said), subject: subject.map(UnredactedText.init),
            attachments: try await attachments(files, messageID))
    }

    /// The files that count, with their places in the mail. Pictures that belong to the text of a signature or a letterhead are no
    /// attachments; where there is no text, they are what was to be said: a screenshot.
    private func attached(to mail: MailMessage, isAll: Bool) -> [(index: Int, file: MailFile)] {
        mail.files.enumerated().filter { isAll || !($0.element.isInline && $0.element.mediaType.hasPrefix("image/")) }
            .map { ($0.offset, $0.element) }
    }

    private func attachments(
        _ files: [(index: Int, file: MailFile)], _ messageID: String
    ) async throws -> [InboundAttachment] {
        var result: [InboundAttachment] = []
        for (index, file) in files {
            let name = UnredactedText(String((file.name ?? "file-\(index + 1)").prefix(200)))
            let kept = ReceivedFile(name: name, mediaType: file.mediaType, bytes: file.bytes)
            let place =
                try await configuration.keepFile?(kept) ?? .elsewhere(UnredactedText("mail:\(messageID)#\(index)"))
            result.append(
                InboundAttachment(
                    name: name, mediaType: file.mediaType, byteCount: file.bytes.count, place: place))
        }
        return result
    }

    /// The conversation: of the mail of ours that is answered, else of the ticket that is named by its own customer, else of the
    /// mail that the thread began with.
    private func thread(
        of mail: MailMessage, messageID: String, from sender: MailAddress, text: String, isForm: Bool
    ) async throws -> ThreadID {
        let tag = tag(of: sender)
        let own = MailThread(
            address: addresses.writtenTo(by: mail), sender: tag,
            root: isForm ? messageID : mail.references.first ?? mail.inReplyTo.first ?? messageID)
        if isForm { return own.id }
        var seen: Set<SessionID> = []
        for id in mail.inReplyTo + mail.references.reversed() {
            guard let answered = OwnMessageID(id, secret: configuration.secret),
                seen.insert(answered.session).inserted, seen.count <= 4
            else { continue }
            if let session = try await sessions.session(answered.session), session.channel == self.id {
                return session.thread
            }
        }
        for ticket in ReferenceToken.tickets(subject: mail.subject, text: text) {
            if let session = try await sessions.session(ticket: ticket), session.channel == self.id,
                MailThread(session.thread)?.sender == tag
            {
                return session.thread
            }
        }
        return own.id
    }

    private func tag(of sender: MailAddress) -> String {
        let code = SHA256.authenticationCode(
            for: Array(("sender\n" + sender.key).utf8), key: Array(configuration.secret.reveal().utf8))
        return Base32Text.encode(Array(code.prefix(10)))
    }

    private func isVouchedFor(_ mail: MailMessage, _ sender: MailAddress) -> Bool {
        // Of two senders, or two headers, nobody knows which one the server has checked.
        guard let authentication = configuration.authentication, mail.from.count == 1,
            mail.headers(named: "from").count <= 1
        else { return false }
        return AuthenticationResults.vouch(for: sender, in: mail, by: authentication.server)
    }

    private func events(of notice: DeliveryNotice) -> [ChannelEvent] {
        let delivery = notice.mail.delivery
        switch notice.kind {
        case .failed(let reason, let isPassing, let isAddress):
            let progress = DeliveryProgress.failed(reason: reason, isPassing: isPassing)
            let failure = ChannelEvent.delivery(DeliveryReport(delivery: delivery, progress: progress))
            return isAddress ? [failure, unreachable(.bounced, notice.mail)] : [failure]
        case .delivered: return [.delivery(DeliveryReport(delivery: delivery, progress: .delivered))]
        case .read: return [.delivery(DeliveryReport(delivery: delivery, progress: .read))]
        case .delayed: return []
        case .complaint: return [unreachable(.complained, notice.mail)]
        }
    }

    private func unreachable(_ reason: UnreachableChannel.Reason, _ mail: OwnMessageID) -> ChannelEvent {
        .unreachable(
            UnreachableReport(session: mail.session, reason: reason, id: "\(reason.rawValue)/\(mail.delivery)"))
    }

    /// No customer types more.
    private static let longestText = 60_000

    private static func bounded(_ text: String) -> String {
        text.utf8.count <= longestText ? text : String(decoding: text.utf8.prefix(longestText), as: UTF8.self) + "…"
    }

    /// A mail without an id is known by what it says.
    private static func digest(of mail: MailMessage, _ text: String) -> String {
        StableHash.hex(
            mail.from.first?.key ?? "", mail.date?.description ?? "", mail.subject ?? "", text) + MailChain.madeUp
    }
}

/// `Authentication-Results` (RFC 8601), as far as needed: who vouches for the address that a reader sees.
enum AuthenticationResults {
    static func vouch(for sender: MailAddress, in mail: MailMessage, by server: String) -> Bool {
        for value in mail.headers(named: "authentication-results").prefix(10) {
            let clauses = clauses(of: value)
            guard let name = clauses.first?.split(separator: " ").first, name == server.lowercased() else { continue }
            return clauses.dropFirst().contains { passes($0, sender.domain) }
        }
        return false
    }

    /// DMARC speaks of the address itself; DKIM and SPF of a domain, which must be the same.
    private static func passes(_ clause: String, _ domain: String) -> Bool {
        let words = clause.split(separator: " ")
        guard let method = words.first, !domain.isEmpty else { return false }
        func property(_ name: String) -> Substring? {
            words.first { $0.hasPrefix(name + "=") }?.dropFirst(name.count + 1)
        }
        switch method {
        case "dmarc=pass": return property("header.from").map { $0 == domain } ?? true
        case "dkim=pass": return property("header.d") == domain[...]
        case "spf=pass": return property("smtp.mailfrom").map { $0 == domain || $0.hasSuffix("@" + domain) } ?? false
        default: return false
        }
    }

    /// What stands between semicolons, in lower case and without comments. Of what is quoted, no character divides anything: senders
    /// choose the address that they give, and with it what a server writes of them.
    private static func clauses(of text: String) -> [String] {
        var clauses = [String.UnicodeScalarView()]
        var (depth, isQuoted, isEscaped) = (0, false, false)
        for scalar in text.unicodeScalars {
            let isEscape = scalar == "\\" && !isEscaped && (isQuoted || depth > 0)
            defer { isEscaped = isEscape }
            switch scalar {
            case _ where isEscape: break
            case "\"" where depth == 0 && !isEscaped: isQuoted.toggle()
            case "(" where !isQuoted && !isEscaped: depth += 1
            case ")" where !isQuoted && !isEscaped: depth = max(0, depth - 1)
            case ";" where !isQuoted && depth == 0: clauses.append(String.UnicodeScalarView())
            default:
                if depth == 0, !(isQuoted && " \t;=".unicodeScalars.contains(scalar)) {
                    clauses[clauses.count - 1].append(scalar)
                }
            }
        }
        return clauses.map { String($0).lowercased().trimmingSpaces }
    }
}
