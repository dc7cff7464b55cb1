internal import OpenCXCore

/// Text messages, as the configuration names them. The credentials are in the environment, so that the file can be shown around.
struct SMSSettings: Sendable {
    var id: ChannelID
    var account: String
    var tokenVariable: String
    var publicURL: String
    var messagingService: String?
    var numbers: Set<String>
    var baseURL: String?

    init(_ reader: ConfigurationReader) throws {
        id = ChannelID(try reader.string("id") ?? "sms")
        account = try reader.required("account")
        tokenVariable = try reader.required("token_variable")
        publicURL = try reader.required("public_url")
        messagingService = try reader.string("messaging_service")
        numbers = Set(try reader.strings("numbers") ?? [])
        baseURL = try reader.string("base_url")
        guard publicURL.hasPrefix("https://") || publicURL.hasPrefix("http://") else {
            throw reader.problem("public_url", "must be the whole address that Twilio calls, with https://")
        }
        if let bad = numbers.first(where: { !$0.hasPrefix("+") || !$0.dropFirst().allSatisfy(\.isNumber) }) {
            throw reader.problem("numbers", "has \"\(bad)\", which is no number with a + and the country")
        }
        try reader.finish()
    }
}
