/// A kind of channel. A struct, so that an embedding application can bring its own.
public struct ChannelKind: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The name: lower-case letters and underscores.
    public var rawValue: String

    /// Makes a kind from its name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Chat on a web page.
    public static let web = ChannelKind(rawValue: "web")
    /// Telephone.
    public static let phone = ChannelKind(rawValue: "phone")
    /// E-mail.
    public static let email = ChannelKind(rawValue: "email")
    /// WhatsApp.
    public static let whatsapp = ChannelKind(rawValue: "whatsapp")
    /// Text messages.
    public static let sms = ChannelKind(rawValue: "sms")
    /// Slack.
    public static let slack = ChannelKind(rawValue: "slack")
    /// Programs.
    public static let api = ChannelKind(rawValue: "api")

    /// The name.
    public var description: String { rawValue }
}

/// Names a configured channel: `web`, `email-support`, `sms-de`.
public typealias ChannelID = Identifier<any Channel>

/// A channel's own name for a conversation: a chat id, a mail thread, a pair of telephone numbers.
public enum ChannelThread {}

/// A channel's own name for a conversation.
public typealias ThreadID = Identifier<ChannelThread>
