internal import OpenCXAccess
internal import OpenCXCore

/// How it goes: sessions, handoffs and their reasons, deflection, ratings, time to the first reply.
struct InsightPages: Sendable {
    let agent: Agent
    let layout: Layout

    var routes: [Route] { [Route(.get, "/insight", .viewInsights) { try await overview($0) }] }

    private static let periods = [7, 30, 90]

    private func overview(_ visit: Visit) async throws -> WebhookAnswer {
        let days = visit.query("days").flatMap { Int($0) }.flatMap { Self.periods.contains($0) ? $0 : nil } ?? 30
        let figures = try await InsightFigures.collect(
            from: agent.parts.store, days: days, until: agent.parts.clock.now())
        let content = section(.class("page")) {
            header(.class("page-head")) {
                h1 { "Insight" }
                nav(.class("tabs"), .aria(.label, "Period")) {
                    for period in Self.periods {
                        a(.href("?days=\(period)"), .aria(.current, "page").when(period == days)) { "\(period) days" }
                    }
                }
            }
            p(.class("lead")) { "Sessions that began in the last \(days) days, days in UTC." }
            tiles(figures)
            div(.class("charts")) {
                sessionChart(figures)
                ShareList(
                    title: "Handoffs by reason", parts: figures.reasons.map { (Words.of($0.reason), $0.count) },
                    style: "series-2"
                ).html
                ShareList(title: "Ratings", parts: ratings(figures), style: "series-3").html
                ShareList(
                    title: "Channels", parts: figures.channels.map { ($0.kind.rawValue, $0.count) }, style: "series-5"
                ).html
                replyChart(figures)
            }
        }
        return PageResponse.page(layout.page("Insight", .insight, visit, content: content))
    }

    private func tiles(_ figures: InsightFigures) -> HTML {
        func tile(_ value: String, _ name: String) -> HTML {
            li(.class("tile")) {
                span(.class("tile-value")) { value }
                span(.class("tile-name")) { name }
            }
        }
        return ul(.class("tiles"), .aria(.label, "In short")) {
            tile("\(figures.sessions)", "Sessions")
            tile(figures.deflection.map(Percent.text) ?? "–", "Without a person (deflection)")
            tile("\(figures.handoffs)", "Handoffs")
            tile(figures.averageRating.map(Percent.two) ?? "–", "CSAT, 1 to 5, from \(figures.ratingCount)")
            tile(figures.medianReply.map(Moment.span) ?? "–", "Median time to the first reply")
        }
    }

    private func sessionChart(_ figures: InsightFigures) -> HTML {
        div(.class("wide")) {
            BarChart(
                title: "Sessions a day", labels: figures.days.map { Moment.day($0.start) },
                series: [
                    .init(
                        name: "The AI alone", style: "series-1",
                        values: figures.days.map { Double($0.sessions - $0.handoffs) }),
                    .init(name: "Handed off", style: "series-2", values: figures.days.map { Double($0.handoffs) }),
                ]
            ).html
        }
    }

    private func replyChart(_ figures: InsightFigures) -> HTML {
        div(.class("wide")) {
            BarChart(
                title: "Median time to the first reply, in seconds", labels: figures.days.map { Moment.day($0.start) },
                series: [
                    .init(
                        name: "Seconds", style: "series-3",
                        values: figures.days.map { $0.medianReply.map { Double($0.inMilliseconds) / 1000 } ?? 0 })
                ], format: { Percent.two($0) }
            ).html
        }
    }

    private func ratings(_ figures: InsightFigures) -> [(name: String, count: Int)] {
        let names = [1: "1 Terrible", 2: "2 Poor", 3: "3 Okay", 4: "4 Good", 5: "5 Excellent"]
        return names.sorted { $0.key > $1.key }.map { ($0.value, figures.ratings[$0.key] ?? 0) }
    }
}
