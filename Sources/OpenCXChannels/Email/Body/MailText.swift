/// What there is to read in a mail, as one plain text.
package struct MailText: Sendable {
    private let html: HTMLText

    package init(keepsLinks: Bool = true) {
        html = HTMLText(keepsLinks: keepsLinks)
    }

    /// The text of a mail.
    package func text(of mail: MailMessage) -> String {
        mail.body.map { body in
            switch body {
            case .plain(let text): text
            case .html(let text): html.text(of: text)
            }
        }.joined(separator: "\n\n")
    }
}
