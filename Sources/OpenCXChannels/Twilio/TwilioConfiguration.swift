public import OpenCXCore

/// How a ``TwilioChannel`` reaches Twilio, and Twilio reaches it.
public struct TwilioConfiguration: Sendable {
    /// The account: `AC` and 32 hexadecimal digits.
    public var accountSID: String
    /// The account's auth token. Twilio signs its requests with it.
    public var authToken: Secret
    /// An API key to send with in place of the token: its SID, `SK…`, and its secret.
    public var apiKey: (sid: String, secret: Secret)?
    /// What Twilio is told to call for messages, with its query if it has one: the address that the outside sees, not the one
    /// behind a proxy. Signatures are made over it.
    public var publicURL: String
    /// A messaging service, `MG…`, that sends in the name of the number the customer wrote to, which must be in its pool.
    public var messagingServiceSID: String?
    /// The business numbers that this channel serves, in E.164; none for all of the account's.
    public var numbers: Set<String>
    /// Where the API begins.
    public var baseURL: String

    /// Makes a configuration.
    public init(
        accountSID: String, authToken: Secret, apiKey: (sid: String, secret: Secret)? = nil, publicURL: String,
        messagingServiceSID: String? = nil, numbers: Set<String> = [], baseURL: String = "https://api.twilio.com"
    ) {
        self.accountSID = accountSID
        self.authToken = authToken
        self.apiKey = apiKey
        self.publicURL = publicURL
        self.messagingServiceSID = messagingServiceSID
        self.numbers = numbers
        self.baseURL = baseURL
    }
}
