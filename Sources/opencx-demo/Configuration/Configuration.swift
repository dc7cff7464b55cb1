internal import OpenCXCore

/// What the demo's configuration file holds. `docs/Configuration.md` explains every key.
struct Configuration: Sendable {
    var title = "Help"
    var greeting = "Hello! How can I help you?"
    var suggestions: [String] = []
    var knowledge: String?
    var helpBaseURL: String?
    var language: LanguageTag = "en"
    var helpdeskFolder: String?
    var orders: String?
    var actions: [ActionSettings] = []
    var model: ModelSettings?
    var budget: BudgetSettings?
    var prices = ModelPrices()
    var host = "127.0.0.1"
    var port = 8080
    var server = ServerSettings()
    var isBehindTLS = false
    var api = APISettings()
    var chat = ChatSettings()
    var webhooks: [WebhookSettings] = []
    var sms: [SMSSettings] = []
    var email: [EmailSettings] = []
    var front: [FrontSettings] = []
    var zendesk: [ZendeskSettings] = []
    var sunshine: [SunshineSettings] = []
    var hubspot: [HubSpotSettings] = []
    var widget: WidgetConfiguration?
    var redaction = RedactionPolicy()
    var vault = VaultSettings()
    var settings = AgentSettings()

    init() {}

    init(_ reader: ConfigurationReader) throws {
        title = try reader.string("title") ?? title
        greeting = try reader.string("greeting") ?? greeting
        suggestions = try reader.strings("suggestions") ?? suggestions
        knowledge = try reader.path("knowledge")
        helpBaseURL = try reader.string("help_base_url")
        language = try reader.language("language") ?? language
        helpdeskFolder = try reader.path("helpdesk_folder")
        orders = try reader.path("orders")
        actions = try reader.objects("actions")?.map(ActionSettings.init) ?? []
        model = try reader.object("model").map(ModelSettings.init)
        budget = try reader.object("budget").map(BudgetSettings.init)
        if let prices = try reader.object("prices") { self.prices = try ModelPrices(prices) }
        settings.phrasebook.fallback = language
        if let words = try reader.object("wording") {
            let wording = try WordingSettings(words, settings.phrasebook)
            settings.phrasebook = wording.phrasebook
            settings.channelPhrasebooks = wording.channels
        }
        if let server = try reader.object("server") {
            host = try server.string("host") ?? host
            port = try server.integer("port", in: 0...65535) ?? port
            self.server = try ServerSettings(server)
            isBehindTLS = try server.bool("behind_tls") ?? isBehindTLS
            try server.finish()
        }
        if let chat = try reader.object("chat") { self.chat = try ChatSettings(chat) }
        if let autopilot = try reader.object("autopilot") { settings.autopilot = try Autopilot(autopilot) }
        if let handoff = try reader.object("handoff") { settings.handoff = try HandoffPolicy(handoff) }
        if let lifecycle = try reader.object("lifecycle") { settings.lifecycle = try SessionLifecycle(lifecycle) }
        if let satisfaction = try reader.object("satisfaction") {
            settings.satisfaction = try SatisfactionPolicy(satisfaction)
        }
        if let assist = try reader.object("assist") { settings.assist = try AssistPolicy(assist) }
        if let retention = try reader.object("retention") { settings.retention = try RetentionPolicy(retention) }
        if let budgets = try reader.object("retry_hours") { settings.retries = try RetryPolicies(budgets) }
        if let pii = try reader.object("pii") { redaction = try RedactionPolicy(pii) }
        if let vault = try reader.object("vault") { self.vault = try VaultSettings(vault) }
        sms = try reader.objects("sms")?.map(SMSSettings.init) ?? []
        email = try reader.objects("email")?.map(EmailSettings.init) ?? []
        // These have no page to rate on.
        settings.satisfaction.messageChannels = Set(sms.map(\.id) + email.map(\.id))
        front = try reader.oneOrMore("front").map(FrontSettings.init)
        zendesk = try reader.oneOrMore("zendesk").map(ZendeskSettings.init)
        sunshine = try reader.oneOrMore("sunshine").map(SunshineSettings.init)
        hubspot = try reader.oneOrMore("hubspot").map(HubSpotSettings.init)
        if let api = try reader.object("api") { self.api = try APISettings(api) }
        widget = try reader.object("widget").map { try WidgetConfiguration($0, title: title) }
        webhooks = try reader.objects("webhooks")?.map(WebhookSettings.init) ?? []
        settings.scenarios = try reader.objects("scenarios")?.map(TrainingScenario.init) ?? []
        for (kind, seconds) in try reader.numbers("collecting_delay", in: 0...3600) ?? [:] {
            settings.collectingDelay[ChannelKind(rawValue: kind)] = .milliseconds(Int64(seconds * 1000))
        }
        if let seconds = try reader.number("lease", in: 1...3600) {
            settings.lease = .milliseconds(Int64(seconds * 1000))
        }
        settings.maximumMessageBytes =
            try reader.integer("maximum_message_bytes", in: 1...1_000_000) ?? settings.maximumMessageBytes
        try reader.finish()
    }
}

extension Autopilot {
    init(_ reader: ConfigurationReader) throws {
        self.init()
        isOnByDefault = try reader.bool("on") ?? isOnByDefault
        for (channel, isOn) in try reader.bools("channels") ?? [:] { channels[ChannelID(channel)] = isOn }
        let never = try reader.objects("never_topics")?.map(Topic.init)
        let only = try reader.objects("only_topics")?.map(Topic.init)
        if never != nil, only != nil {
            throw reader.problem("only_topics", "cannot stand beside \"never_topics\"; keep one of them")
        }
        topics = never.map(TopicGate.never) ?? only.map(TopicGate.only) ?? .all
        prohibitedTopics = try reader.objects("prohibited_topics")?.map(Topic.init) ?? []
        outOfScope = try reader.strings("out_of_scope") ?? []
        topicThreshold = try reader.number("topic_threshold", in: 0...1) ?? topicThreshold
        try reader.finish()
    }
}

extension Topic {
    init(_ reader: ConfigurationReader) throws {
        self.init(
            name: try reader.required("name"), summary: try reader.string("summary") ?? "",
            examples: try reader.strings("examples") ?? [])
        try reader.finish()
    }
}

extension TrainingScenario {
    init(_ reader: ConfigurationReader) throws {
        let kind: Kind =
            switch try reader.required("kind") {
            case "behavioral": .behavioral
            case "specific": .specific(questions: try reader.strings("questions") ?? [])
            default: throw reader.problem("kind", "must be \"behavioral\" or \"specific\"")
            }
        if case .specific(let questions) = kind, questions.isEmpty {
            throw reader.problem("questions", "needs at least one question that sets the scenario off")
        }
        self.init(
            name: try reader.required("name"), kind: kind, content: try reader.published("content"),
            channels: try reader.strings("channels")?.map { ChannelID($0) } ?? [])
        try reader.finish()
    }
}
