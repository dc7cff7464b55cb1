/// Reads mails: MIME by GMime, within limits, in linear time. Broken mails are read as far as they make sense.
package struct MailReader: Sendable {
    /// How much is read.
    package var limits: MailLimits

    package init(limits: MailLimits = MailLimits()) {
        self.limits = limits
    }

    /// Reads a mail.
    package func read(_ bytes: [UInt8]) throws(MailError) -> MailMessage {
        guard bytes.count <= limits.byteCount else { throw .tooLarge }
        guard MIMEPrecheck.containers(in: bytes, limit: limits.containerCount) <= limits.containerCount else {
            throw .tooDeep
        }
        guard let tree = MIMETree(bytes) else { throw .noMail }
        let mail: MailMessage? = tree.read { headers, root in
            let raw = headers.raw(limit: limits.headerCount)
            guard !raw.isEmpty || root != nil else { return nil }
            var mail = MailMessage()
            take(raw, into: &mail)
            var walk = MailWalk(limits: limits)
            if let root { walk.read(root) }
            walk.finish(&mail)
            return mail
        }
        guard let mail else { throw .noMail }
        return mail
    }

    /// Fills in what headers say.
    func take(_ raw: [(name: String, value: String)], into mail: inout MailMessage) {
        for (name, value) in raw {
            let value =
                value.utf8.count <= limits.headerByteCount ? value : String(value.prefix(limits.headerByteCount))
            // Senders choose some of what servers write there; decoded, it could stand for other results.
            let isAsItCame = name == "authentication-results"
            mail.headers.append(
                MailHeader(name: name, value: isAsItCame ? HeaderText.clean(value) : HeaderText.decode(value)))
            switch name {
            case "from" where mail.from.isEmpty: mail.from = HeaderText.addresses(in: value)
            case "reply-to" where mail.replyTo.isEmpty: mail.replyTo = HeaderText.addresses(in: value)
            case "to": mail.to += HeaderText.addresses(in: value)
            case "cc": mail.cc += HeaderText.addresses(in: value)
            case "subject" where mail.subject == nil:
                mail.subject = mail.headers.last.map { $0.value.trimmingSpaces }
            case "date" where mail.date == nil: mail.date = HeaderText.date(value)
            case "message-id" where mail.messageID == nil: mail.messageID = HeaderText.messageIDs(in: value).first
            case "in-reply-to": mail.inReplyTo += HeaderText.messageIDs(in: value)
            case "references": mail.references += HeaderText.messageIDs(in: value)
            case "return-path" where mail.envelopeSender == nil:
                mail.envelopeSender = HeaderText.messageIDs(in: value).first ?? ""
            case "delivered-to", "x-original-to": mail.envelopeRecipients.append(value.trimmingSpaces.lowercased())
            default: break
            }
        }
    }
}

/// What is looked at before GMime gets to see a mail: it handles depth by recursion, and tries every open boundary on each line
/// that begins with two hyphens.
enum MIMEPrecheck {
    /// How many parts may hold others; counting ends above the limit.
    static func containers(in bytes: [UInt8], limit: Int) -> Int {
        var count = 0
        var place = 0
        let words = [Array("multipart/".utf8), Array("message/".utf8)]
        while place < bytes.count {
            // Both begin with an m, which is rare enough. In `/message/7`, of which logs are full, it begins no media type.
            if bytes[place] | 0x20 == 0x6D, place == 0 || bytes[place - 1] != UInt8(ascii: "/") {
                for word in words where bytes.count - place >= word.count {
                    if zip(bytes[place..<(place + word.count)], word).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
                        count += 1
                        if count > limit { return count }
                    }
                }
            }
            place += 1
        }
        return count
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    var trimmingSpaces: String {
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }
}
