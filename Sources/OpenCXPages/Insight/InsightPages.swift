internal import OpenCXAccess
internal import OpenCXCore

/// How it goes: sessions, handoffs and their reasons, deflection, ratings, time to the first reply.
struct InsightPages: Sendable {
    let agent: Agent
    let layout: Layout

    var routes: [Route] { [Route(.get, "/insight", .viewInsights) { try await overview($0) }] }

    /// A day, whether anything was on it or not.
    private struct Day {
        var start: Timestamp
        var counts: Insight.Counts
    }

    private static let periods = [7, 30, 90]

    private func overview(_ visit: Visit) async throws -> WebhookAnswer {
        let wanted = visit.query("days").flatMap { Int($0) } ?? 30
        let length = Self.periods.contains(wanted) ? wanted : 30
        let day: Int64 = 86_400_000
        let first = agent.parts.clock.now().milliseconds / day - Int64(length - 1)
        let starts = (0..<Int64(length)).map { Timestamp(milliseconds: (first + $0) * day) }
        let end = Timestamp(milliseconds: (first + Int64(length)) * day)
        let insight = try await Insight.of(agent.parts.store, from: starts[0], to: end)
        let counts = Dictionary(insight.days.map { ($0.start, $0.counts) }, uniquingKeysWith: { $1 })
        let days = starts.map { Day(start: $0, counts: counts[$0] ?? Insight.Counts()) }
        let content = section(.class("page")) {
            header(.class("page-head")) {
                h1 { "Insight" }
                nav(.class("tabs"), .aria(.label, "Period")) {
                    for period in Self.periods {
                        a(.href("?days=\(period)"), .aria(.current, "page").when(period == length)) { "\(period) days" }
                    }
                }
            }
            p(.class("lead")) { "Sessions that began in the last \(length) days, days in UTC." }
            tiles(insight.total)
            div(.class("charts")) {
                sessionChart(days)
                ShareList(
                    title: "Handoffs by reason", parts: Self.most(insight.total.handoffReasons, Words.of),
                    style: "series-2"
                ).html
                ShareList(
                    title: "What set them off", parts: Self.most(insight.total.handoffTriggers, Words.of),
                    style: "series-5"
                ).html
                ShareList(title: "Ratings", parts: ratings(insight.total), style: "series-3").html
                replyChart(days)
            }
        }
        return PageResponse.page(layout.page("Insight", .insight, visit, content: content))
    }

    private func tiles(_ counts: Insight.Counts) -> HTML {
        func tile(_ value: String, _ name: String) -> HTML {
            li(.class("tile")) {
                span(.class("tile-value")) { value }
                span(.class("tile-name")) { name }
            }
        }
        return ul(.class("tiles"), .aria(.label, "In short")) {
            tile("\(counts.sessions)", "Sessions, \(counts.open) still open")
            tile(counts.deflection.map(Percent.text) ?? "–", "Deflection: nobody of the team had them")
            tile("\(counts.handedOff)", "Handed off")
            tile("\(counts.resolvedByAI)", "Resolved by the AI alone")
            tile(
                counts.averageRating.map(Percent.two) ?? "–",
                "CSAT, 1 to 5: \(counts.ratingCount) of \(counts.ratingsRequested) asked")
            tile(
                counts.firstReplies.percentile(0.5).map(Moment.span) ?? "–",
                "First reply, median; 95 % within \(counts.firstReplies.percentile(0.95).map(Moment.span) ?? "–")")
        }
    }

    private func sessionChart(_ days: [Day]) -> HTML {
        div(.class("wide")) {
            BarChart(
                title: "Sessions a day", labels: days.map { Moment.day($0.start) },
                series: [
                    .init(
                        name: "The AI alone", style: "series-1",
                        values: days.map { Double($0.counts.sessions - $0.counts.handedOff) }),
                    .init(name: "Handed off", style: "series-2", values: days.map { Double($0.counts.handedOff) }),
                ]
            ).html
        }
    }

    private func replyChart(_ days: [Day]) -> HTML {
        div(.class("wide")) {
            BarChart(
                title: "Median time to the first reply, in seconds", labels: days.map { Moment.day($0.start) },
                series: [
                    .init(
                        name: "Seconds", style: "series-3",
                        values: days.map {
                            $0.counts.firstReplies.percentile(0.5).map { Double($0.inMilliseconds) / 1000 } ?? 0
                        })
                ], format: { Percent.two($0) }
            ).html
        }
    }

    /// The most frequent first.
    private static func most<Key: RawRepresentable<String>>(
        _ counts: [Key: Int], _ name: (Key) -> String
    ) -> [(name: String, count: Int)] {
        counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key.rawValue < $1.key.rawValue }
            .map { (name($0.key), $0.value) }
    }

    private func ratings(_ counts: Insight.Counts) -> [(name: String, count: Int)] {
        let names = [(5, "5 Excellent"), (4, "4 Good"), (3, "3 Okay"), (2, "2 Poor"), (1, "1 Terrible")]
        return names.map { ($0.1, counts.ratings[$0.0] ?? 0) }
    }
}
