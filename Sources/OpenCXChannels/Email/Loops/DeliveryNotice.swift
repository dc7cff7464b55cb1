internal import OpenCXCore

/// What a bounce says about a mail that we sent (RFC 3464), or a complaint (RFC 5965).
struct DeliveryNotice: Hashable {
    enum Kind: Hashable {
        /// It will not arrive; the reason is a status code, or nothing that names anybody.
        case failed(reason: String, isPassing: Bool, isAddress: Bool)
        /// It has arrived.
        case delivered
        /// It has been opened.
        case read
        /// It is still under way.
        case delayed
        /// Its reader calls it spam.
        case complaint
    }

    /// Which mail.
    var mail: OwnMessageID
    /// What became of it.
    var kind: Kind

    /// Reads a bounce or a report; `nil` for what is none, or is not about a mail of ours.
    static func read(_ mail: MailMessage, secret: Secret) -> DeliveryNotice? {
        if let report = mail.report {
            guard let id = ownID(report: report, mail, secret) else { return nil }
            return kind(of: report).map { DeliveryNotice(mail: id, kind: $0) }
        }
        guard isOldBounce(mail) else { return nil }
        let ids = mail.inReplyTo + mail.references
        let text = mail.texts.joined(separator: "\n")
        guard
            let id = ids.lazy.compactMap({ OwnMessageID($0, secret: secret) }).first
                ?? OwnMessageID.first(in: text, secret: secret)
                ?? mail.files.lazy.compactMap({ inFile($0, secret) }).first
        else { return nil }
        return DeliveryNotice(mail: id, kind: isDelay(mail) ? .delayed : failed(StatusCode.first(in: text)))
    }

    private static func kind(of report: MailReport) -> Kind? {
        switch report.kind {
        case "feedback-report": return .complaint
        case "disposition-notification": return .read
        default: break
        }
        // The worst that is said of any recipient; we send to one.
        var kinds: [Kind] = []
        for block in report.blocks {
            guard let action = value("action", block)?.lowercased().trimmingSpaces else { continue }
            let status = value("status", block).flatMap(StatusCode.first)
            switch action.prefix(while: \.isLetter) {
            case "failed":
                kinds.append(failed(status))
            case "delayed": kinds.append(.delayed)
            case "delivered", "relayed", "expanded": kinds.append(.delivered)
            default: break
            }
        }
        return kinds.first { if case .failed = $0 { true } else { false } } ?? kinds.first
    }

    private static func failed(_ code: String?) -> Kind {
        let reason = code.map { "The mail came back with status \($0)." } ?? "The mail came back."
        let isPassing = code?.hasPrefix("4") ?? false
        return .failed(reason: reason, isPassing: isPassing, isAddress: !isPassing && StatusCode.isOfAddress(code))
    }

    private static func value(_ name: String, _ block: [MailHeader]) -> String? {
        block.first { $0.name == name }?.value
    }

    private static func ownID(report: MailReport, _ mail: MailMessage, _ secret: Secret) -> OwnMessageID? {
        var candidates: [String] = []
        for header in report.returnedHeaders where ["message-id", "x-opencx-agent"].contains(header.name) {
            candidates += HeaderText.messageIDs(in: header.value)
        }
        for block in report.blocks {
            for header in block where ["original-message-id", "x-original-message-id"].contains(header.name) {
                candidates += HeaderText.messageIDs(in: header.value)
            }
        }
        candidates += mail.inReplyTo + mail.references
        return candidates.lazy.compactMap { OwnMessageID($0, secret: secret) }.first
            ?? mail.files.lazy.compactMap { inFile($0, secret) }.first
    }

    /// Some send the mail back as a file of any kind.
    private static func inFile(_ file: MailFile, _ secret: Secret) -> OwnMessageID? {
        guard file.mediaType.hasPrefix("message/") || file.mediaType.hasPrefix("text/") else { return nil }
        return OwnMessageID.first(in: String(decoding: file.bytes.prefix(16 << 10), as: UTF8.self), secret: secret)
    }

    /// Bounces of servers that know no reports.
    private static func isOldBounce(_ mail: MailMessage) -> Bool {
        if mail.header("x-failed-recipients") != nil { return true }
        let local = mail.from.first?.key.prefix { $0 != "@" } ?? ""
        if local == "mailer-daemon" || local == "postmaster" { return true }
        guard mail.envelopeSender?.isEmpty == true else { return false }
        return speaksOfFailure(mail.subject?.lowercased() ?? "")
    }

    private static func speaksOfFailure(_ subject: String) -> Bool {
        [
            "undeliver", "delivery status", "returned mail", "failure notice", "delivery failure",
            "mail delivery failed", "unzustellbar",
        ]
        .contains { subject.contains($0) }
    }

    /// Whether the server only warns, and goes on trying. A bounce may quote the subject of a mail about a delay.
    private static func isDelay(_ mail: MailMessage) -> Bool {
        let subject = mail.subject?.lowercased() ?? ""
        if subject.hasPrefix("warning") || subject.hasSuffix("(delay)") { return true }
        return mail.header("x-failed-recipients") == nil && !speaksOfFailure(subject)
            && ["delay", "verzöger"].contains { subject.contains($0) }
    }
}

/// An enhanced status code (RFC 3463).
enum StatusCode {
    /// Whether what failed for good says that no mail will arrive, and not just that one: a full mailbox, a mail that is too large, its
    /// contents and rules about senders say nothing of the address.
    static func isOfAddress(_ code: String?) -> Bool {
        guard let code else { return true }
        let parts = code.split(separator: ".")
        return !["3", "6", "7"].contains(parts[1]) && parts[1...] != ["2", "2"] && parts[1...] != ["2", "3"]
    }

    /// The first one of a text: `5.1.1`.
    static func first(in text: String) -> String? {
        for word in text.prefix(20_000).split(whereSeparator: { !($0.isASCII && ($0.isNumber || $0 == ".")) }) {
            let parts = word.split(separator: ".", omittingEmptySubsequences: false)
            if parts.count == 3, ["2", "4", "5"].contains(parts[0]), (1...3).contains(parts[1].count),
                (1...3).contains(parts[2].count)
            {
                return String(word)
            }
        }
        return nil
    }
}
