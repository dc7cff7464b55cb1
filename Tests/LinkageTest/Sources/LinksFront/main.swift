import OpenCXCore
import OpenCXFront

/// Answers nothing: what is looked at is what this program links.
struct NoHTTP: HTTPClient {
    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        throw HTTPClientError(.unreachable, "There is no network here.")
    }
}

struct Noon: AgentClock {
    func now() -> Timestamp { Timestamp(milliseconds: 1_760_000_000_000) }
    func sleep(until deadline: Timestamp) async throws {}
}

let account = FrontAccount(
    FrontConfiguration(token: Secret("t"), teammate: "tea_1", signingKey: Secret("k")), http: NoHTTP(), clock: Noon())
let channel = FrontChannel(account)
let helpdesk = FrontHelpdesk(account)
print("LinksFront: \(channel.id) and \(helpdesk.id), \(await account.check().count) findings")
