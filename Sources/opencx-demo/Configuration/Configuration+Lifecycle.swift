internal import OpenCXCore

extension SessionLifecycle {
    /// Times are in hours; 0 stands for never.
    init(_ reader: ConfigurationReader) throws {
        self.init()
        if let window = try reader.hours("reopening_window") { reopeningWindow = window }
        for (kind, hours) in try reader.numbers("reopening_windows", in: 0...ConfigurationReader.longestHours) ?? [:] {
            reopeningWindows[ChannelKind(rawValue: kind)] = .hours(hours)
        }
        resolveAnsweredAfter = try reader.silence("resolve_answered_after", else: resolveAnsweredAfter)
        closeUnansweredAfter = try reader.silence("close_unanswered_after", else: closeUnansweredAfter)
        closeHandedOffAfter = try reader.silence("close_handed_off_after", else: closeHandedOffAfter)
        closeUnusedAfter = try reader.silence("close_unused_after", else: closeUnusedAfter)
        try reader.finish()
    }
}

extension SatisfactionPolicy {
    /// Delays are in minutes.
    init(_ reader: ConfigurationReader) throws {
        self.init()
        for (channel, minutes) in try reader.numbers("channels", in: 0...10_080) ?? [:] {
            delays[ChannelID(channel)] = .milliseconds(Int64(minutes * 60_000))
        }
        asksUnresolved = try reader.bool("unresolved") ?? asksUnresolved
        if let hours = try reader.number("answer_hours", in: 1...720) { answerWindow = .hours(hours) }
        try reader.finish()
    }
}

extension AssistPolicy {
    init(_ reader: ConfigurationReader) throws {
        self.init()
        channels = Set((try reader.strings("channels") ?? []).map { ChannelID($0) })
        excludedTopics = Set(try reader.strings("excluded_topics") ?? [])
        try reader.finish()
    }
}

extension RetryPolicies {
    /// For how many hours each kind of delivery is tried.
    init(_ reader: ConfigurationReader) throws {
        self.init()
        channel.budget = try reader.hours("channel") ?? channel.budget
        helpdesk.budget = try reader.hours("helpdesk") ?? helpdesk.budget
        event.budget = try reader.hours("event") ?? event.budget
        try reader.finish()
    }
}

extension RetentionPolicy {
    /// Times are in days; 0 stands for ever.
    init(_ reader: ConfigurationReader) throws {
        self.init()
        traces = try reader.days("traces", else: traces)
        closedSessions = try reader.days("closed_sessions", else: closedSessions)
        deliveries = try reader.days("deliveries", else: deliveries)
        deadLetters = try reader.days("dead_letters", else: deadLetters)
        dedupeKeys = try reader.days("dedupe_keys", else: dedupeKeys)
        effects = try reader.days("effects", else: effects)
        try reader.finish()
    }
}

extension ConfigurationReader {
    /// How long something is kept: at least a day, up to ten years.
    fileprivate func days(_ key: String, else standard: Duration?) throws -> Duration? {
        guard let days = try number(key, in: 0...3650) else { return standard }
        if days > 0, days < 1 { throw problem(key, "must be 0, for ever, or at least 1") }
        return days == 0 ? nil : .hours(days * 24)
    }

    /// A year.
    fileprivate static let longestHours = 8760.0

    fileprivate func hours(_ key: String) throws -> Duration? {
        try number(key, in: 0...Self.longestHours).map { .hours($0) }
    }

    fileprivate func silence(_ key: String, else standard: Duration?) throws -> Duration? {
        guard let duration = try hours(key) else { return standard }
        return duration == .zero ? nil : duration
    }
}

extension Duration {
    fileprivate static func hours(_ count: Double) -> Duration { .milliseconds(Int64(count * 3_600_000)) }
}
