package import OpenCXCore

/// A mail as it was read: values only, nothing of the parser's. It holds personal data all over, so it prints as little as
/// ``UnredactedText`` does.
package struct MailMessage: Sendable {
    /// The headers, in order, each on one line and decoded.
    package var headers: [MailHeader] = []
    /// Who wrote it.
    package var from: [MailAddress] = []
    /// Where answers go, when not to ``from``.
    package var replyTo: [MailAddress] = []
    /// To whom it was written.
    package var to: [MailAddress] = []
    /// Who got a copy.
    package var cc: [MailAddress] = []
    /// The subject, `Re:` and all.
    package var subject: String?
    /// When it was written, by the writer's clock.
    package var date: Timestamp?
    /// Its id, without brackets.
    package var messageID: String?
    /// What it answers.
    package var inReplyTo: [String] = []
    /// The conversation so far, oldest first.
    package var references: [String] = []
    /// The plain texts to read, in order.
    package var texts: [String] = []
    /// The HTML texts to read, in order.
    package var htmls: [String] = []
    /// What to read, in order: of alternatives the plain one, where it says anything.
    package var body: [MailBody] = []
    /// What else came with it.
    package var files: [MailFile] = []
    /// What a machine says about another mail, where it does.
    package var report: MailReport?
    /// Who the transport says it is from: the return path. Empty for mail that must not be answered; `nil` where nobody says.
    package var envelopeSender: String?
    /// Whom the transport delivered it to, where it says.
    package var envelopeRecipients: [String] = []
    /// Whether something was left out because there was too much of it.
    package var isCut = false

    package init() {}

    /// The first header with this name, whatever its capitals.
    package func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name == name }?.value
    }

    /// All headers with this name.
    package func headers(named name: String) -> [String] {
        let name = name.lowercased()
        return headers.filter { $0.name == name }.map(\.value)
    }
}

extension MailMessage: CustomStringConvertible, CustomReflectable {
    /// How much there is, never what it says.
    package var description: String { "‹mail: \(headers.count) headers, \(body.count) texts, \(files.count) files›" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// A header of a mail.
package struct MailHeader: Sendable, Hashable {
    /// The name, in lower case.
    package var name: String
    /// What it says.
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// Somebody who writes mails.
package struct MailAddress: Sendable, Hashable {
    /// What they call themselves.
    package var name: String?
    /// `user@host`, as written.
    package var address: String

    package init(name: String? = nil, address: String) {
        self.name = name
        self.address = address
    }

    /// The address in the form that addresses are compared in.
    package var key: String { address.lowercased() }

    /// What stands behind the last `@`, in lower case.
    package var domain: String {
        guard let at = address.lastIndex(of: "@") else { return "" }
        return address[address.index(after: at)...].lowercased()
    }
}

/// A piece of what there is to read.
package enum MailBody: Sendable, Hashable {
    /// Plain text; flowed lines are whole again.
    case plain(String)
    /// HTML.
    case html(String)
}

/// A file that came with a mail.
package struct MailFile: Sendable, Hashable {
    /// The name that its sender gave it; `nil` when none.
    package var name: String?
    /// The media type, in lower case.
    package var mediaType: String
    /// How an HTML text refers to it.
    package var contentID: String?
    /// Whether the mail shows it in its text.
    package var isInline: Bool
    /// What it holds.
    package var bytes: [UInt8]
}

/// The machine-readable parts of a report (RFC 6522).
package struct MailReport: Sendable, Hashable {
    /// What kind of report: `delivery-status`, `feedback-report`, `disposition-notification`.
    package var kind: String
    /// The fields, block by block, names in lower case.
    package var blocks: [[MailHeader]] = []
    /// The headers of the mail that it is about, as far as they came back.
    package var returnedHeaders: [MailHeader] = []
}

/// Why a mail was not read.
package enum MailError: Error, Hashable {
    /// It is larger than the limits allow.
    case tooLarge
    /// It is nested like nothing that a mail program writes.
    case tooDeep
    /// There is not a single header in it.
    case noMail
}

/// How much of a mail is read.
package struct MailLimits: Sendable, Hashable {
    /// The largest mail, in bytes.
    package var byteCount = 36 << 20
    /// How many parts may announce others within them.
    package var containerCount = 200
    /// How many leaves are read; more are left out.
    package var partCount = 200
    /// How deep parts may be nested to be read.
    package var depth = 30
    /// How many bytes of text are read, over all parts of one kind.
    package var textByteCount = 1 << 20
    /// How many headers are read.
    package var headerCount = 500
    /// How many bytes of a header are read.
    package var headerByteCount = 16 << 10

    package init() {}
}
