internal import FoundationEssentials
internal import OpenCXCore
internal import OpenCXCurl
internal import OpenCXWebhooks

/// Makes the receivers of events that a configuration names.
enum Webhooks {
    static func endpoints(
        _ settings: [WebhookSettings], clock: any AgentClock,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> [any EventEndpoint] {
        if settings.isEmpty { return [] }
        // Whoever writes the configuration may well name a receiver on this machine.
        let http = CurlHTTPClient(CurlConfiguration(addresses: .unrestricted))
        return try settings.map { webhook in
            guard let secret = environment[webhook.secretVariable], !secret.isEmpty else {
                throw Failure(
                    """
                    Webhook "\(webhook.id)": the environment variable \(webhook.secretVariable) is not set. It has to hold the \
                    secret that requests are signed with: whsec_ and Base64 of 24 to 64 bytes.
                    """)
            }
            do {
                return try HTTPWebhookEndpoint(
                    id: webhook.id, url: webhook.url,
                    secrets: secret.split(separator: " ").map { Secret(String($0)) }, events: webhook.events,
                    allowsPlainLoopback: true, http: http, clock: clock)
            } catch let error as WebhookError {
                throw Failure("Webhook \"\(webhook.id)\": \(error.description)")
            }
        }
    }
}
