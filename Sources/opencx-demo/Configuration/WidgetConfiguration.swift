internal import OpenCXCore
internal import OpenCXWidget

/// The chat widget, as the configuration names it. Its key is elsewhere, so that the file can be shown around.
struct WidgetConfiguration: Sendable {
    var settings: WidgetSettings
    /// The environment variable with the key that signs contact tokens; `nil` for a key that is kept in the data folder.
    var keyVariable: String?
    /// The folder of uploaded files.
    var uploads: String?
    /// For how many days they are kept.
    var uploadDays: Int

    init(_ reader: ConfigurationReader, title: String) throws {
        settings = WidgetSettings(
            token: try reader.required("token"),
            organization: WidgetSettings.Organization(
                id: try reader.string("organization_id") ?? "default",
                name: try reader.string("organization_name") ?? title),
            assistant: WidgetSettings.Assistant(
                name: try reader.string("assistant_name"), avatarURL: try reader.string("assistant_avatar_url")))
        keyVariable = try reader.string("key_variable")
        uploads = try reader.path("uploads")
        uploadDays = try reader.integer("upload_days", in: 1...3650) ?? 90
        if let seconds = try reader.number("session_polling_seconds", in: 0.1...3600) {
            settings.sessionPollingInterval = .milliseconds(Int64(seconds * 1000))
        }
        if let seconds = try reader.number("sessions_polling_seconds", in: 0.1...3600) {
            settings.sessionsPollingInterval = .milliseconds(Int64(seconds * 1000))
        }
        if let seconds = try reader.number("reply_seconds", in: 1...110) {
            settings.replyTimeout = .milliseconds(Int64(seconds * 1000))
        }
        settings.offersStreaming = try reader.bool("streaming") ?? settings.offersStreaming
        settings.modes =
            try reader.objects("modes")?.map { mode in
                let made = WidgetSettings.Mode(
                    id: try mode.required("id"), name: try mode.required("name"), slug: try mode.string("slug"))
                try mode.finish()
                return made
            } ?? []
        settings.allowedOrigins = try reader.strings("allowed_origins").map { Set($0) }
        for origin in settings.allowedOrigins ?? [] where !Self.isOrigin(origin) {
            throw reader.problem(
                "allowed_origins", "must hold origins such as \"https://shop.example\", without a path")
        }
        if let url = try reader.string("base_url") {
            guard Self.isOrigin(url) else {
                throw reader.problem("base_url", "must be an origin such as \"https://chat.example\", without a path")
            }
            settings.baseURL = url
        }
        settings.shownActions = Set(try reader.strings("shown_actions") ?? [])
        settings.openingWords = try reader.strings("opening_words").map { Set($0) }
        settings.maximumFileBytes =
            try reader.integer("maximum_file_bytes", in: 1...(5 << 20)) ?? settings.maximumFileBytes
        if let limits = try reader.object("limits") { settings.limits = try WidgetLimits(limits) }
        try reader.finish()
    }

    private static func isOrigin(_ text: String) -> Bool {
        let scheme = ["https://", "http://"].first { text.hasPrefix($0) }
        guard let scheme else { return false }
        let host = text.dropFirst(scheme.count)
        return !host.isEmpty && !host.contains { $0 == "/" || $0 == "?" || $0 == "#" || $0.isWhitespace }
    }
}

extension WidgetLimits {
    /// Numbers a minute; 0 is no limit.
    init(_ reader: ConfigurationReader) throws {
        self.init()
        func read(_ name: String, _ limit: inout Int?) throws {
            guard let count = try reader.integer(name, in: 0...1_000_000) else { return }
            limit = count == 0 ? nil : count
        }
        try read("reads_per_visitor", &readsPerVisitor)
        try read("writes_per_visitor", &writesPerVisitor)
        try read("reads_per_address", &readsPerAddress)
        try read("writes_per_address", &writesPerAddress)
        try read("contacts_per_address", &contactsPerAddress)
        try reader.finish()
    }
}
