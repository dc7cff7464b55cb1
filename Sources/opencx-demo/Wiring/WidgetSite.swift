internal import FoundationEssentials
internal import OpenCXCore
internal import OpenCXREST
internal import OpenCXWidget

/// The chat widget's API, where the configuration has one.
struct WidgetSite: Sendable {
    private let api: WidgetAPI
    private let agent: Agent
    private let tokens: ContactTokens
    private let files: FolderFileStore?
    private let days: Int
    private let clock: any AgentClock

    /// The channel's name, whatever the configuration says: sessions hang on it.
    static let channel: ChannelID = "widget"

    /// `nil` where the configuration has no widget.
    ///
    /// - Parameters:
    ///   - house: the demo's parts.
    ///   - channel: the widget's channel, one of the agent's.
    ///   - data: the data folder, or `none`.
    ///   - environment: where the key is, if the configuration says so.
    init?(
        _ house: House, _ channel: WidgetChannel, data: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        guard let widget = house.configuration.widget else { return nil }
        let keys = try Self.keys(widget.keyVariable, environment, data: data)
        do { tokens = try ContactTokens(key: keys[0], retiredKeys: Array(keys.dropFirst())) } catch {
            throw Failure("The widget: \(error.description)")
        }
        agent = house.agent
        files = Self.files(of: house.configuration)
        api = WidgetAPI(agent: house.agent, channel: channel, settings: widget.settings, tokens: tokens, files: files)
        days = widget.uploadDays
        clock = house.agent.parts.clock
    }

    /// The key that signs, and those that did before; at least one.
    private static func keys(
        _ variable: String?, _ environment: [String: String], data: String
    ) throws -> [Secret] {
        guard let variable else { return [try WidgetKey.kept(in: data)] }
        let keys = environment[variable]?.split(separator: " ").map { Secret(String($0)) } ?? []
        if keys.isEmpty {
            throw Failure(
                """
                The widget: the environment variable \(variable) is not set. It has to hold the key that signs contact tokens, \
                for example what "openssl rand -base64 48" prints.
                """)
        }
        return keys
    }

    /// The folder of uploaded files, where there is one.
    static func files(of configuration: Configuration) -> FolderFileStore? {
        configuration.widget?.uploads.map { FolderFileStore(directory: $0) }
    }

    func answer(_ request: WebhookRequest) async -> WebhookAnswer? { await api.answer(request) }

    /// Makes the contact, or finds it, and a token for the page of that person alone (REST, `POST /widget/authenticate-user`).
    func authenticate(_ user: WidgetUser) async throws -> WidgetUserToken {
        let contact = try await agent.addContact(user.handle).contact
        return WidgetUserToken(token: Secret(try tokens.issue(for: user.handle, at: clock.now())), contact: contact.id)
    }

    /// Removes files that have been kept long enough; ends when cancelled.
    func keepTidy() async throws {
        while true {
            // What cannot be removed now is removed in an hour.
            _ = try? await files?.removeFiles(before: clock.now() - .seconds(days * 24 * 3600))
            try await clock.sleep(until: clock.now() + .seconds(3600))
        }
    }
}
