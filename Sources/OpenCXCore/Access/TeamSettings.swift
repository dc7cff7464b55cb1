/// Says how an agent behaves from one turn to the next: asked before each.
public protocol SettingsSource: Sendable {
    /// The settings for the turn that begins.
    ///
    /// - Parameter settings: what the agent was made with.
    /// - Throws: where it is not known; the turn is then tried again later.
    func current(_ settings: AgentSettings) async throws -> AgentSettings
}

/// What the team sets while agents run: switches of autopilot, and training scenarios beside those that the agent was made with.
///
/// Every agent on the same store looks at it before each turn, so a switch that is off holds from the next turn on, everywhere.
public struct TeamSettings: SettingsSource {
    private let store: any TeamDocumentStore

    /// A training scenario that is kept.
    public struct Scenario: Sendable, Hashable {
        /// Names it.
        public var id: String
        /// What it says.
        public var scenario: TrainingScenario
        /// Whether it is kept and not used.
        public var isDraft: Bool
        /// When it was made.
        public var createdAt: Timestamp
        /// When it was changed last.
        public var updatedAt: Timestamp

        /// Makes a scenario from its parts.
        public init(
            id: String, scenario: TrainingScenario, isDraft: Bool = false, createdAt: Timestamp,
            updatedAt: Timestamp? = nil
        ) {
            self.id = id
            self.scenario = scenario
            self.isDraft = isDraft
            self.createdAt = createdAt
            self.updatedAt = updatedAt ?? createdAt
        }
    }

    private static let scenarios = TeamDocument.Kind(rawValue: "scenario")
    private static let switches = TeamDocument.Kind(rawValue: "autopilot_switch")

    /// Joins a store.
    public init(store: any TeamDocumentStore) {
        self.store = store
    }

    /// The settings with the team's switches and scenarios in them.
    public func current(_ settings: AgentSettings) async throws -> AgentSettings {
        var settings = settings
        for (channel, isOn) in try await switches() { settings.autopilot.channels[channel] = isOn }
        settings.scenarios += try await scenarios().filter { !$0.isDraft }.map(\.scenario)
        return settings
    }

    // MARK: Autopilot

    /// The channels whose switch the team has set.
    public func switches() async throws -> [ChannelID: Bool] {
        try await store.documents(Self.switches).reduce(into: [:]) { switches, document in
            if case .bool(let isOn) = document.body { switches[ChannelID(document.id)] = isOn }
        }
    }

    /// Switches autopilot on or off for a channel; `nil` leaves it to what agents were made with.
    public func setSwitch(_ isOn: Bool?, of channel: ChannelID, at time: Timestamp) async throws {
        guard let isOn else {
            _ = try await store.removeDocument(Self.switches, channel.rawValue)
            return
        }
        try await store.put(
            TeamDocument(kind: Self.switches, id: channel.rawValue, body: .bool(isOn), createdAt: time))
    }

    // MARK: Scenarios

    /// Every scenario that is kept, drafts too, by id.
    public func scenarios() async throws -> [Scenario] {
        try await store.documents(Self.scenarios).map(Scenario.init)
    }

    /// A scenario.
    public func scenario(_ id: String) async throws -> Scenario? {
        try await store.document(Self.scenarios, id).map(Scenario.init)
    }

    /// Keeps a scenario, in place of the one with the same id. That one's time of making stays.
    public func put(_ scenario: Scenario) async throws {
        try await store.put(
            TeamDocument(
                kind: Self.scenarios, id: scenario.id, body: scenario.body, createdAt: scenario.createdAt,
                updatedAt: scenario.updatedAt))
    }

    /// Removes a scenario. `false` when there is none.
    public func removeScenario(_ id: String) async throws -> Bool {
        try await store.removeDocument(Self.scenarios, id)
    }
}

extension TeamSettings.Scenario {
    fileprivate var body: JSONValue {
        var body: [String: JSONValue] = [
            "name": .string(scenario.name), "content": .string(scenario.content.text), "is_draft": .bool(isDraft),
            "channels": .array(scenario.channels.map { .string($0.rawValue) }),
        ]
        if case .specific(let questions) = scenario.kind { body["questions"] = .array(questions.map(JSONValue.string)) }
        return .object(body)
    }

    fileprivate init(_ document: TeamDocument) throws {
        func texts(_ name: String) -> [String]? {
            if case .array(let items)? = document.body[name] { items.compactMap(\.string) } else { nil }
        }
        guard let name = document.body["name"]?.string, let content = document.body["content"]?.string else {
            throw StoreError(.corrupt, "A training scenario in the store cannot be read.")
        }
        self.init(
            id: document.id,
            scenario: TrainingScenario(
                name: name, kind: texts("questions").map { .specific(questions: $0) } ?? .behavioral,
                // It was published before it was kept, and comes back as it went in.
                content: RedactedText(redacted: content), channels: (texts("channels") ?? []).map { ChannelID($0) }),
            isDraft: document.body["is_draft"] == true, createdAt: document.createdAt, updatedAt: document.updatedAt)
    }
}
