internal import FoundationEssentials
internal import OpenCXCore
internal import OpenCXCrypto

/// Verifies and reads what providers post.
struct InboundMails: Sendable {
    var provider: InboundProvider
    var reader: MailReader
    var clock: any AgentClock

    /// How far a signature's time may be from ours.
    static let tolerance = Duration.seconds(300)

    /// The mail in a request.
    func mail(in request: WebhookRequest) throws(ChannelError) -> MailMessage {
        switch provider {
        case .mailgun(let key):
            let form = try form(request)
            guard isSigned(form, by: key) else { throw Self.unsigned }
            return try mailgun(form)
        case .sendGrid(let proof):
            guard proof.accepts(request) else { throw Self.unsigned }
            return try sendGrid(try form(request))
        case .signedSendGrid(let key):
            guard isSigned(request, by: key) else { throw Self.unsigned }
            return try sendGrid(try form(request))
        case .postmark(let proof):
            guard proof.accepts(request) else { throw Self.unsigned }
            return try postmark(request.body)
        }
    }

    private static let unsigned = ChannelError(
        .unauthorized, "The request does not show that it comes from the mail provider; check the secret on both sides."
    )
    private static let malformed = ChannelError(
        .malformed, "The request is not what the mail provider's documentation says.")

    private func form(_ request: WebhookRequest) throws(ChannelError) -> InboundForm {
        guard request.body.count <= reader.limits.byteCount else {
            throw ChannelError(.tooLarge, "The mail is larger than \(reader.limits.byteCount) bytes.")
        }
        guard let form = InboundForm(contentType: request.header("content-type") ?? "", body: request.body) else {
            throw Self.malformed
        }
        return form
    }

    /// Reads a mail that came whole.
    private func read(_ bytes: [UInt8]) throws(ChannelError) -> MailMessage {
        do throws(MailError) { return try reader.read(bytes) } catch {
            throw error == .tooLarge
                ? ChannelError(.tooLarge, "The mail is larger than \(reader.limits.byteCount) bytes.")
                : ChannelError(.malformed, "The mail is built like nothing that a mail program writes.")
        }
    }

    // MARK: Mailgun

    private func isSigned(_ form: InboundForm, by key: Secret) -> Bool {
        guard let timestamp = form["timestamp"], let token = form["token"], let signature = form["signature"],
            let seconds = Int64(timestamp), isRecent(seconds: seconds)
        else { return false }
        return MailgunSignature.isRight(signature, timestamp: timestamp, token: token, key: key)
    }

    private func isRecent(seconds: Int64) -> Bool {
        let time = Timestamp(milliseconds: seconds.multipliedReportingOverflow(by: 1000).partialValue)
        let now = clock.now()
        return time > now - Self.tolerance && time < now + Self.tolerance
    }

    private func mailgun(_ form: InboundForm) throws(ChannelError) -> MailMessage {
        var mail: MailMessage
        if let mime = form[bytes: "body-mime"] {
            mail = try read(mime)
        } else {
            mail = MailMessage()
            var headers: [(name: String, value: String)] = []
            if let text = form["message-headers"], case .array(let list)? = try? JSONValue(parsing: Array(text.utf8)) {
                for case .array(let pair) in list.prefix(reader.limits.headerCount) where pair.count == 2 {
                    if let name = pair[0].string, let value = pair[1].string {
                        headers.append((name.lowercased(), value))
                    }
                }
            }
            if headers.isEmpty {
                for name in ["from", "subject"] { if let value = form[name] { headers.append((name, value)) } }
            }
            reader.take(headers, into: &mail)
            fill(&mail, plain: form["body-plain"], html: form["body-html"])
            mail.files = form.fields.filter { $0.name.hasPrefix("attachment-") && $0.fileName != nil }.map(Self.file)
        }
        if let sender = form["sender"] { mail.envelopeSender = sender.trimmingSpaces }
        if let recipient = form["recipient"] { mail.envelopeRecipients = Self.list(recipient) }
        return mail
    }

    // MARK: SendGrid

    private func isSigned(_ request: WebhookRequest, by key: String) -> Bool {
        guard let signature = request.header("x-twilio-email-event-webhook-signature"),
            let timestamp = request.header("x-twilio-email-event-webhook-timestamp"), let seconds = Int64(timestamp),
            isRecent(seconds: seconds)
        else { return false }
        return SendGridSignature.isRight(signature, timestamp: timestamp, body: request.body, publicKey: key)
    }

    private func sendGrid(_ form: InboundForm) throws(ChannelError) -> MailMessage {
        var mail: MailMessage
        if let raw = form[bytes: "email"] {
            mail = try read(raw)
        } else {
            var charsets: [String: JSONValue] = [:]
            if let text = form["charsets"], case .object(let object)? = try? JSONValue(parsing: Array(text.utf8)) {
                charsets = object
            }
            func text(_ name: String) -> String? {
                form[bytes: name].map { Charset.decode($0, as: charsets[name]?.string) }
            }
            mail = MailMessage()
            let block = HeaderBlocks.raw(text("headers") ?? "", limit: reader.limits.headerCount)
            reader.take(block, into: &mail)
            if mail.from.isEmpty, let from = text("from") { mail.from = HeaderText.addresses(in: from) }
            if mail.to.isEmpty, let to = text("to") { mail.to = HeaderText.addresses(in: to) }
            mail.subject = mail.subject ?? text("subject")
            fill(&mail, plain: text("text"), html: text("html"))
            mail.files = form.fields.filter { $0.fileName != nil }.map(Self.file)
        }
        if let text = form["envelope"], let envelope = try? JSONValue(parsing: Array(text.utf8)) {
            mail.envelopeSender = envelope["from"]?.string ?? mail.envelopeSender
            if case .array(let to)? = envelope["to"] {
                mail.envelopeRecipients = to.compactMap { $0.string?.lowercased() }
            }
        }
        return mail
    }

    // MARK: Postmark

    private func postmark(_ body: [UInt8]) throws(ChannelError) -> MailMessage {
        guard body.count <= reader.limits.byteCount * 2 else {
            throw ChannelError(.tooLarge, "The mail is larger than \(reader.limits.byteCount) bytes.")
        }
        guard let json = try? JSONValue(parsing: body), case .object = json else { throw Self.malformed }
        var mail = MailMessage()
        var headers: [(name: String, value: String)] = []
        if case .array(let list)? = json["Headers"] {
            for header in list.prefix(reader.limits.headerCount) {
                if let name = header["Name"]?.string, let value = header["Value"]?.string {
                    headers.append((name.lowercased(), value))
                }
            }
        }
        reader.take(headers, into: &mail)
        mail.from = Self.addresses(json["FromFull"].map { [$0] } ?? [])
        mail.to = Self.addresses(Self.array(json["ToFull"]))
        mail.cc = Self.addresses(Self.array(json["CcFull"]))
        if mail.from.isEmpty, let from = json["From"]?.string { mail.from = HeaderText.addresses(in: from) }
        if let reply = json["ReplyTo"]?.string, !reply.isEmpty { mail.replyTo = HeaderText.addresses(in: reply) }
        mail.subject = json["Subject"]?.string.map(HeaderText.clean)
        mail.date = json["Date"]?.string.flatMap(HeaderText.date)
        // Postmark's own id is no `Message-ID`, but better than none.
        mail.messageID = mail.messageID ?? json["MessageID"]?.string.map { $0 + "@inbound.postmarkapp.com" }
        if let recipient = json["OriginalRecipient"]?.string { mail.envelopeRecipients = Self.list(recipient) }
        fill(&mail, plain: json["TextBody"]?.string, html: json["HtmlBody"]?.string)
        for file in Self.array(json["Attachments"]).prefix(reader.limits.partCount) {
            guard let bytes = (file["Content"]?.string).flatMap({ Base64.decode($0) }) else { continue }
            let id = file["ContentID"]?.string.flatMap { $0.isEmpty ? nil : $0 }
            mail.files.append(
                MailFile(
                    name: file["Name"]?.string.map(HeaderText.clean),
                    mediaType: file["ContentType"]?.string?.lowercased() ?? "application/octet-stream", contentID: id,
                    isInline: id != nil, bytes: bytes))
        }
        return mail
    }

    // MARK: All of them

    private func fill(_ mail: inout MailMessage, plain: String?, html: String?) {
        let limit = reader.limits.textByteCount
        func cut(_ text: String) -> String {
            guard text.utf8.count > limit else { return text.withUnixLines }
            mail.isCut = true
            return String(decoding: text.utf8.prefix(limit), as: UTF8.self).withUnixLines
        }
        if let plain, !plain.isEmpty { mail.texts = [cut(plain)] }
        if let html, !html.isEmpty { mail.htmls = [cut(html)] }
        if let text = mail.texts.first, !text.isBlank {
            mail.body = [.plain(text)]
        } else if let text = mail.htmls.first {
            mail.body = [.html(text)]
        }
    }

    private static func file(_ field: InboundForm.Field) -> MailFile {
        MailFile(
            name: field.fileName.map(HeaderText.clean), mediaType: field.mediaType, contentID: nil, isInline: false,
            bytes: field.bytes)
    }

    private static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingSpaces.lowercased() }
    }

    private static func array(_ value: JSONValue?) -> [JSONValue] {
        if case .array(let list)? = value { list } else { [] }
    }

    private static func addresses(_ list: [JSONValue]) -> [MailAddress] {
        list.prefix(100).compactMap { item in
            guard let address = item["Email"]?.string, !address.isEmpty else { return nil }
            let name = item["Name"]?.string.map(HeaderText.clean) ?? ""
            return MailAddress(name: name.isEmpty ? nil : name, address: HeaderText.clean(address))
        }
    }
}

/// Mailgun's signature over a time and a token.
enum MailgunSignature {
    static func isRight(_ signature: String, timestamp: String, token: String, key: Secret) -> Bool {
        let code = SHA256.authenticationCode(for: Array((timestamp + token).utf8), key: Array(key.reveal().utf8))
        let digits = Array("0123456789abcdef".utf8)
        let expected = code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return ConstantTime.areEqual(Array(signature.lowercased().utf8), expected)
    }
}

/// SendGrid's signature over a time and a body.
enum SendGridSignature {
    static func isRight(_ signature: String, timestamp: String, body: [UInt8], publicKey: String) -> Bool {
        guard let signature = Base64.decode(signature), let key = Base64.decode(publicKey) else { return false }
        return ECDSA.isSignature(signature, of: Array(timestamp.utf8) + body, publicKey: key)
    }
}
