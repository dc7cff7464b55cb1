internal import OpenCXCore
internal import OpenCXEmail

/// E-mail, as the configuration names it. Passwords and keys are in the environment, so that the file can be shown around.
struct EmailSettings: Sendable {
    var id: ChannelID
    var addresses: [String]
    var name: String?
    var signature: String?
    /// The environment variable with the secret that ids of mails are signed with.
    var secretVariable: String
    var smtp: MailServerSettings
    var imap: Inbox?
    var inbound: InboundMailSettings?
    var authenticationServer: String?
    var trustedLists: Set<String>
    var formSenders: Set<String>
    var answerLimit: Int?
    /// The folder of the files that come with mails; without it they are named only.
    var files: String?
    /// For how many days they are kept.
    var fileDays: Int

    /// A mailbox that mails are fetched from.
    struct Inbox: Sendable {
        var server: MailServerSettings
        var folder: String?
        var moveTo: String?
        var pollInterval: Duration?
        var maximumAge: Duration?
    }

    init(_ reader: ConfigurationReader) throws {
        id = ChannelID(try reader.string("id") ?? "email")
        addresses = try reader.strings("addresses") ?? []
        if addresses.isEmpty { throw reader.problem("addresses", "needs at least one address that customers write to") }
        if let bad = addresses.first(where: { !AddressCheck.isSendable($0) }) {
            throw reader.problem("addresses", "has \"\(bad)\", which is no address such as help@example.com")
        }
        name = try reader.string("name")
        signature = try reader.string("signature")
        secretVariable = try reader.required("secret_variable")
        guard let smtp = try reader.object("smtp") else {
            throw reader.problem("smtp", "is missing: it says which server takes what is sent")
        }
        self.smtp = try MailServerSettings(smtp, .smtp)
        try smtp.finish()
        imap = try reader.object("imap").map(Inbox.init)
        inbound = try reader.object("inbound").map(InboundMailSettings.init)
        if imap == nil, inbound == nil {
            throw reader.problem(
                "imap", "is missing, and so is \"inbound\"; one of them has to say where mails come in")
        }
        authenticationServer = try reader.string("authentication_server")
        trustedLists = Set(try reader.strings("trusted_lists") ?? []).lowercased
        formSenders = Set(try reader.strings("form_senders") ?? []).lowercased
        answerLimit = try reader.integer("answer_limit", in: 1...1000)
        files = try reader.path("files")
        fileDays = try reader.integer("file_days", in: 1...3650) ?? 90
        try reader.finish()
    }
}

extension EmailSettings.Inbox {
    init(_ reader: ConfigurationReader) throws {
        server = try MailServerSettings(reader, .imap)
        if server.login == nil { throw reader.problem("user", "is missing: mailboxes are somebody's") }
        folder = try reader.string("folder")
        moveTo = try reader.string("move_to")
        pollInterval = try reader.number("poll_seconds", in: 1...86_400).map { .milliseconds(Int64($0 * 1000)) }
        maximumAge = try reader.number("maximum_age_days", in: 1...3650).map { .seconds($0 * 86_400) }
        try reader.finish()
    }
}

extension Set<String> {
    fileprivate var lowercased: Set<String> { Set(map { $0.lowercased() }) }
}

/// How a provider posts mails, as the configuration names it.
enum InboundMailSettings: Sendable {
    case mailgun(keyVariable: String)
    case sendGrid(Password)
    case signedSendGrid(publicKey: String)
    case postmark(Password)

    /// User name and password, as they stand in the URL that the provider is given.
    struct Password: Sendable {
        var user: String
        var variable: String

        init(_ reader: ConfigurationReader) throws {
            user = try reader.string("user") ?? "opencx"
            variable = try reader.required("password_variable")
        }
    }

    init(_ reader: ConfigurationReader) throws {
        switch try reader.required("provider") {
        case "mailgun": self = .mailgun(keyVariable: try reader.required("signing_key_variable"))
        case "sendgrid":
            if let key = try reader.string("public_key") {
                self = .signedSendGrid(publicKey: key)
            } else {
                self = .sendGrid(try Password(reader))
            }
        case "postmark": self = .postmark(try Password(reader))
        default: throw reader.problem("provider", "must be \"mailgun\", \"sendgrid\" or \"postmark\"")
        }
        try reader.finish()
    }
}
