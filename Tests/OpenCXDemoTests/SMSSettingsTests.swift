import FoundationEssentials
import OpenCXCore
import Testing

@testable import opencx_demo

@Suite struct SMSSettingsTests {
    private func settings(_ json: String) throws -> [SMSSettings] {
        let folder = try TemporaryFolder([:])
        try folder.write("shop.json", json)
        return try Configuration(ConfigurationReader(file: folder.path + "/shop.json")).sms
    }

    private static let whole = #""account": "AC1", "token_variable": "T", "public_url": "https://a.example/hooks/sms""#

    @Test func `a channel is made of its account, and its token is in the environment`() throws {
        let sms = try settings(#"{"sms": [{\#(Self.whole), "id": "sms-de", "numbers": ["+4930123"]}]}"#)
        let channels = try Texting.channels(sms, environment: ["T": "secret"])
        #expect(channels.map(\.id) == ["sms-de"] && channels.map(\.kind) == [.sms])
        let failure = try #require(throws: Failure.self) { _ = try Texting.channels(sms, environment: [:]) }
        #expect(failure.description.contains("T is not set"))
    }

    @Test(arguments: [
        (#"{"sms": [{"account": "AC1"}]}"#, "token_variable"),
        (#"{"sms": [{"account": "AC1", "token_variable": "T", "public_url": "support.example"}]}"#, "public_url"),
        (#"{"sms": [{\#(whole), "numbers": ["030 123"]}]}"#, "numbers"),
        (#"{"sms": [{\#(whole), "colour": "red"}]}"#, "colour"),
    ])
    func `what cannot be is told by its key`(json: String, key: String) {
        #expect { _ = try settings(json) } throws: { "\($0)".contains(key) }
    }
}
