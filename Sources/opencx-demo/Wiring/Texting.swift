internal import FoundationEssentials
internal import OpenCXCore
internal import OpenCXCurl
internal import OpenCXTwilio

/// Makes the channels of text messages that a configuration names.
enum Texting {
    static func channels(
        _ settings: [SMSSettings], environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> [any Channel] {
        if settings.isEmpty { return [] }
        let http = CurlHTTPClient(CurlConfiguration(addresses: .unrestricted))
        return try settings.map { sms in
            guard let token = environment[sms.tokenVariable], !token.isEmpty else {
                throw Failure(
                    "SMS channel \"\(sms.id)\": the environment variable \(sms.tokenVariable) is not set. It has to hold the "
                        + "account's auth token.")
            }
            var twilio = TwilioConfiguration(
                accountSID: sms.account, authToken: Secret(token), publicURL: sms.publicURL,
                messagingServiceSID: sms.messagingService, numbers: sms.numbers)
            if let baseURL = sms.baseURL { twilio.baseURL = baseURL }
            return TwilioChannel(id: sms.id, twilio, http: http)
        }
    }
}
