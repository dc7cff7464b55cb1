import OpenCXCore
import OpenCXREST
import OpenCXTesting
import Testing

/// Times in the query, by what they let through.
@Suite struct TimeTests {
    @Test(arguments: [
        ("2023-11-14T22:13:20Z", true), ("2023-11-14T22:13:20.001Z", false), ("2023-11-14T22:13:19.999Z", true),
        ("2023-11-14t22:13:20z", true), ("2023-11-15T00:13:20+02:00", true), ("2023-11-15T00:13:21+02:00", false),
        ("2023-11-14T17:43:20-04:30", true), ("0001-01-01T00:00:00Z", true), ("9999-12-31T23:59:59Z", false),
        ("2020-02-29T00:00:00Z", true), ("2000-02-29T12:00:00.123456789Z", true), ("2023-11-14T22:13:60Z", false),
    ])
    func `a time is read as it is meant`(_ text: String, _ letsThrough: Bool) async throws {
        // The clock of tests stands at 2023-11-14T22:13:20Z.
        let site = try await Site()
        try await site.receive("Hello")
        let request = WebhookRequest(
            method: "GET", path: "/chat/sessions", query: [("created_after", text)],
            headers: [("authorization", "Bearer " + site.key.reveal())])
        #expect(try await site.send(request).items.count == (letsThrough ? 1 : 0))
    }

    @Test(arguments: [
        "", "now", "2023-11-14", "2023-11-14T22:13:20", "2023-02-29T00:00:00Z", "2023-13-01T00:00:00Z",
        "2023-00-01T00:00:00Z", "2023-04-31T00:00:00Z", "2023-11-14T24:00:00Z", "2023-11-14T22:60:00Z",
        "2023-11-14T22:13:20.Z", "2023-11-14T22:13:20+24:00", "2023-11-14T22:13:20+1:00", "2023-11-14T22:13:20ZZ",
        "１023-11-14T22:13:20Z",
    ])
    func `what is no time is refused`(_ text: String) async throws {
        let site = try await Site()
        let request = WebhookRequest(
            method: "GET", path: "/chat/sessions", query: [("created_after", text)],
            headers: [("authorization", "Bearer " + site.key.reveal())])
        #expect(try await site.send(request).status == 400)
    }
}
