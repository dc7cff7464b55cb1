import FoundationEssentials
import OpenCXCore
import OpenCXCurl
import OpenCXTwilio
import Testing

/// Where a mock of Twilio listens that checks requests against Twilio's own description; `Scripts/vendor-mock-check` starts it.
private let mock = ProcessInfo.processInfo.environment["OPENCX_VENDOR_MOCK"]

@Suite(.enabled(if: mock != nil, "no mock server; run Scripts/vendor-mock-check"))
struct TwilioMockTests {
    private var channel: TwilioChannel {
        var configuration = Twilio.configuration
        configuration.baseURL = mock ?? ""
        return TwilioChannel(configuration, http: CurlHTTPClient(CurlConfiguration(addresses: .unrestricted)))
    }

    @Test(arguments: [
        "Hello", "Grüße, 100 % & more + “so”", String(repeating: "All work and no play. ", count: 100), "日本",
    ])
    func `texts of every kind are sent as Twilio describes it`(text: String) async throws {
        #expect(try await channel.send(Twilio.outbound(text)).providerID?.hasPrefix("SM") == true)
    }

    @Test func `a second try looks for the first as Twilio describes it`() async throws {
        #expect(try await channel.send(Twilio.outbound("Hello", isRetry: true)).providerID != nil)
    }

    @Test func `a service, an API key and a picture are named as Twilio describes it`() async throws {
        var configuration = Twilio.configuration
        configuration.baseURL = mock ?? ""
        configuration.messagingServiceSID = "MG" + String(repeating: "a", count: 32)
        configuration.apiKey = ("SK" + String(repeating: "b", count: 32), Secret("s"))
        let channel = TwilioChannel(configuration, http: CurlHTTPClient(CurlConfiguration(addresses: .unrestricted)))
        var message = Twilio.outbound("See the picture")
        message.files = [
            OutboundFile(
                name: UnredactedText("a.png"), mediaType: "image/png",
                location: UnredactedText("https://shop.example/a.png"))
        ]
        #expect(try await channel.send(message).providerID != nil)
    }
}
