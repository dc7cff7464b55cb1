internal import CGMime
internal import Markdown
internal import OpenCXCore

/// A mail as it goes to the transport: who it is from and to on the envelope, and its bytes.
public struct OutgoingMail: Sendable {
    /// The envelope's sender, which bounces go to.
    public var sender: String
    /// The envelope's recipients.
    public var recipients: [String]
    /// The id, without brackets.
    public var messageID: String
    /// Headers and body, lines ending with CR LF.
    public var bytes: [UInt8]

    /// Makes a mail from its parts.
    public init(sender: String, recipients: [String], messageID: String, bytes: [UInt8]) {
        self.sender = sender
        self.recipients = recipients
        self.messageID = messageID
        self.bytes = bytes
    }
}

/// Writes answers: plain text and HTML side by side, in the thread that they belong to. The same answer is the same bytes, however
/// often it is written.
struct MailComposer: Sendable {
    /// What goes into a mail.
    struct Draft: Sendable {
        var from: MailAddress
        var to: MailAddress
        /// The subject without `Re:` and token.
        var subject: String?
        var ticket: TicketNumber
        var messageID: String
        /// The mail that is answered.
        var inReplyTo: String?
        /// The conversation so far, oldest first.
        var references: [String] = []
        /// Whether no person has written it.
        var isAutomatic: Bool
        /// As CommonMark.
        var text: String
        var signature: String?
        var at: Timestamp
        var language: LanguageTag?
    }

    static func compose(_ draft: Draft) -> [UInt8] {
        MIMETree.prepare()
        var head = HeaderWriter()
        head.add("From", address: draft.from)
        head.add("To", address: draft.to)
        head.add("Subject", text: subject(draft))
        head.add("Date", plain: HeaderText.format(draft.at))
        head.add("Message-ID", ids: [draft.messageID])
        if let id = draft.inReplyTo { head.add("In-Reply-To", ids: [id]) }
        let references = references(draft)
        if !references.isEmpty { head.add("References", ids: references) }
        if draft.isAutomatic {
            head.add("Auto-Submitted", plain: "auto-replied")
            // Exchange and others keep their absence notes to themselves then.
            head.add("X-Auto-Response-Suppress", plain: "All")
        }
        head.add("X-OpenCX-Agent", ids: [draft.messageID])
        if let language = draft.language { head.add("Content-Language", plain: language.description) }
        head.add("MIME-Version", plain: "1.0")
        // `=_` stands in no text that is encoded as these are.
        let boundary = "=_" + StableHash.hex("boundary", draft.messageID)
        head.add("Content-Type", plain: "multipart/alternative; boundary=\"\(boundary)\"")
        var lines = head.lines
        for (type, text) in [("text/plain", plain(draft)), ("text/html", html(draft))] {
            lines += [
                "", "--" + boundary, "Content-Type: \(type); charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable", "",
            ]
            lines += quotedPrintable(text)
        }
        lines += ["", "--" + boundary + "--", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private static func subject(_ draft: Draft) -> String {
        let token = ReferenceToken.text(of: draft.ticket)
        return draft.subject.flatMap(SubjectText.bare).map { "Re: \($0) \(token)" } ?? "Re: \(token)"
    }

    /// The beginning and the newest: no header grows for ever.
    private static func references(_ draft: Draft) -> [String] {
        var all = draft.references
        if let id = draft.inReplyTo, all.last != id { all.append(id) }
        return all.count <= 20 ? all : Array(all.prefix(1) + all.suffix(19))
    }

    private static func plain(_ draft: Draft) -> String {
        let text = PlainText.of(draft.text)
        return draft.signature.map { text + "\n\n-- \n" + $0 + "\n" } ?? text + "\n"
    }

    private static func html(_ draft: Draft) -> String {
        var body = MarkdownRendering.conversation.html(of: draft.text)
        if let signature = draft.signature {
            let lines = signature.split(separator: "\n", omittingEmptySubsequences: false).map {
                HTMLEscaping.escaped(String($0))
            }
            body += "<div class=\"signature\">" + lines.joined(separator: "<br>") + "</div>\n"
        }
        return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n" + body + "</body></html>\n"
    }

    private static func quotedPrintable(_ text: String) -> [String] {
        let bytes = Array(text.withUnixLines.utf8.filter { $0 >= 0x20 && $0 != 0x7F || $0 == 9 || $0 == 10 })
        let encoded = CText.taking(opencx_mime_encode(bytes, bytes.count, 0)) ?? ""
        return encoded.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

/// Writes headers. Whatever it is given, a header stays one header: what ends a line is taken out, and what is not ASCII encoded.
struct HeaderWriter {
    private(set) var lines: [String] = []

    /// A text that people write.
    mutating func add(_ name: String, text: String) { write(name, HeaderText.encode(text)) }

    /// A value that programs write: ASCII, or nothing of it.
    mutating func add(_ name: String, plain value: String) {
        write(name, String(decoding: value.utf8.filter { (0x20...0x7E).contains($0) }, as: UTF8.self))
    }

    /// Ids in angle brackets. One that could not stand there is left out.
    mutating func add(_ name: String, ids: [String]) {
        let proper = ids.filter { id in
            !id.isEmpty && id.utf8.count <= 700
                && id.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3C && $0 != 0x3E }
        }
        if !proper.isEmpty { write(name, proper.map { "<\($0)>" }.joined(separator: " ")) }
    }

    /// Somebody's address, which has been checked.
    mutating func add(_ name: String, address: MailAddress) {
        let phrase = address.name.map { HeaderText.encodePhrase(String($0.prefix(100))) } ?? ""
        write(name, phrase.isEmpty ? address.address : phrase + " <\(address.address)>")
    }

    /// Lines have at most 78 bytes where there is a space to break them at.
    private mutating func write(_ name: String, _ value: String) {
        var line = name + ":"
        for word in value.split(separator: " ") {
            if line.utf8.count + 1 + word.utf8.count > 78, line.utf8.last != UInt8(ascii: ":") {
                lines.append(line)
                line = " " + word
            } else {
                line += " " + word
            }
        }
        lines.append(line)
    }
}

/// Addresses that mail may be sent to.
package enum AddressCheck {
    /// Whether it is an address that any server takes: `local@domain` in ASCII, nothing quoted.
    package static func isSendable(_ address: String) -> Bool {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, address.utf8.count <= 254, (1...64).contains(parts[0].utf8.count) else { return false }
        let local = parts[0].utf8.allSatisfy { byte in
            isAlphanumeric(byte) || "!#$%&'*+/=?^_`{|}~.-".utf8.contains(byte)
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return local && parts[0].first != "." && parts[0].last != "."
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
}
