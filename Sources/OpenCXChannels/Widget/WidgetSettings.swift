/// What a widget shows and allows.
public struct WidgetSettings: Sendable {
    /// The team, as the widget's header names it.
    public struct Organization: Sendable, Hashable {
        /// Names it to programs.
        public var id: String
        /// Names it to people.
        public var name: String

        /// Makes an organization.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// Something that the host page shows in place of the conversation while the AI is at it: a form, a map.
    public struct Mode: Sendable, Hashable {
        /// Names it to programs.
        public var id: String
        /// Names it to people.
        public var name: String
        /// A short name in addresses.
        public var slug: String?

        /// Makes a mode.
        public init(id: String, name: String, slug: String? = nil) {
            self.id = id
            self.name = name
            self.slug = slug
        }
    }

    /// How the AI introduces itself.
    public struct Assistant: Sendable, Hashable {
        /// Its name.
        public var name: String?
        /// A picture, at an address that the visitor's browser can reach.
        public var avatarURL: String?

        /// Makes an assistant.
        public init(name: String? = nil, avatarURL: String? = nil) {
            self.name = name
            self.avatarURL = avatarURL
        }
    }

    /// The widget token: names the organization, and is public, for it stands in the page of whoever embeds the widget.
    public var token: String
    /// The team.
    public var organization: Organization
    /// How the AI introduces itself.
    public var assistant: Assistant
    /// How often the widget looks for what is new in the conversation that is open.
    public var sessionPollingInterval: Duration
    /// How often the widget looks for what is new in the list of conversations.
    public var sessionsPollingInterval: Duration
    /// The modes that the host page may show.
    public var modes: [Mode]
    /// Whether the widget is offered replies while they grow. The agent streams them where
    /// ``/OpenCXCore/AgentSettings/streamedChannels`` names the channel; else each comes as a whole.
    public var offersStreaming: Bool
    /// The pages that may embed the widget, as browsers name them (`https://shop.example`); `nil` for any. No other page's
    /// script can use the API, whatever token it shows. Programs that are no browsers are not held up by this.
    public var allowedOrigins: Set<String>?
    /// Where the visitor's browser reaches this server, without a slash at the end: what addresses of uploaded files begin with.
    /// `nil` for what the request says, which is right where nothing stands in between that speaks another scheme.
    public var baseURL: String?
    /// How long a request waits for the AI's reply. After that the reply comes with the next poll.
    public var replyTimeout: Duration
    /// For how long the token of an unverified visitor is good. Widgets of version 4 never ask for another one.
    public var visitorTokenLifetime: Duration
    /// The actions whose arguments and results the host page may show with components of its own; all others stay inside.
    public var shownActions: Set<String>
    /// Whether what the page says in the AI's name before the first message is kept in the history. The page's visitor could say
    /// anything in its place, so a team that would be held to it names the words in ``openingWords``, or turns this off.
    public var keepsOpeningWords: Bool
    /// The only words that are kept of those; `nil` for any.
    public var openingWords: Set<String>?
    /// What kinds of files are taken; none, and no file is.
    public var fileKinds: [FileKind]
    /// How many bytes a file may have (OpenCX: 5 MB).
    public var maximumFileBytes: Int
    /// How often visitors and addresses may ask.
    public var limits: WidgetLimits

    /// Makes settings.
    public init(
        token: String, organization: Organization, assistant: Assistant = Assistant(),
        sessionPollingInterval: Duration = .seconds(10), sessionsPollingInterval: Duration = .seconds(60),
        modes: [Mode] = [], offersStreaming: Bool = false, allowedOrigins: Set<String>? = nil, baseURL: String? = nil,
        replyTimeout: Duration = .seconds(50), visitorTokenLifetime: Duration = .seconds(365 * 24 * 3600),
        shownActions: Set<String> = [], keepsOpeningWords: Bool = true, openingWords: Set<String>? = nil,
        fileKinds: [FileKind] = FileKind.all, maximumFileBytes: Int = 5 << 20, limits: WidgetLimits = WidgetLimits()
    ) {
        self.token = token
        self.organization = organization
        self.assistant = assistant
        self.sessionPollingInterval = sessionPollingInterval
        self.sessionsPollingInterval = sessionsPollingInterval
        self.modes = modes
        self.offersStreaming = offersStreaming
        self.allowedOrigins = allowedOrigins
        self.baseURL = baseURL
        self.replyTimeout = replyTimeout
        self.visitorTokenLifetime = visitorTokenLifetime
        self.shownActions = shownActions
        self.keepsOpeningWords = keepsOpeningWords
        self.openingWords = openingWords
        self.fileKinds = fileKinds
        self.maximumFileBytes = maximumFileBytes
        self.limits = limits
    }
}
