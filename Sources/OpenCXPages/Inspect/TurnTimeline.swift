internal import OpenCXCore

/// A turn's stages as a picture, with the same in a table for whoever does not see it.
struct TurnTimeline: Sendable {
    let turn: TurnInspection

    private struct Span {
        var name: String
        var start: Int64
        var length: Int64
    }

    private var spans: [Span] {
        var start: Int64 = 0
        return turn.stages.map { stage in
            defer { start += stage.milliseconds }
            return Span(name: stage.name, start: start, length: stage.milliseconds)
        }
    }

    var html: HTML {
        let spans = spans
        let total = max(1, spans.reduce(0) { $0 + $1.length }, turn.trace.steps.last?.offset ?? 0)
        let (left, width, lane) = (90.0, 590.0, 30.0)
        let height = lane * Double(max(1, spans.count)) + 26
        func x(_ milliseconds: Int64) -> Double { left + width * Double(milliseconds) / Double(total) }
        return figure(.class("chart timeline")) {
            svg(
                .drawing(.viewBox, "0 0 760 \(Int(height))"), .role("img"),
                .aria(
                    .label,
                    "Timeline of the turn: " + spans.map { "\($0.name) \($0.length) ms" }.joined(separator: ", "))
            ) {
                for tick in 0...4 {
                    let at = total * Int64(tick) / 4
                    line(
                        .class("grid"), .drawing(.x1, x(at)), .drawing(.x2, x(at)), .drawing(.y1, 0),
                        .drawing(.y2, height - 20))
                    drawnText(
                        .class("axis"), .drawing(.x, x(at)), .drawing(.y, height - 4), .drawing(.textAnchor, "middle")
                    ) {
                        Moment.span(.milliseconds(at))
                    }
                }
                for (place, span) in spans.enumerated() {
                    let y = lane * Double(place)
                    drawnText(
                        .class("label"), .drawing(.x, left - 10), .drawing(.y, y + 19), .drawing(.textAnchor, "end")
                    ) {
                        span.name
                    }
                    rect(
                        .class("stage stage-\(span.name)"), .drawing(.x, x(span.start)), .drawing(.y, y + 5),
                        .drawing(.width, max(3, width * Double(span.length) / Double(total))), .drawing(.height, 20),
                        .drawing(.rx, 4))
                    drawnText(
                        .class("value"), .drawing(.x, min(x(span.start + span.length) + 6, 704)), .drawing(.y, y + 19)
                    ) { Moment.span(.milliseconds(span.length)) }
                }
            }
            figcaption(.class("visually-hidden")) {
                "Stages of the turn: "
                spans.map { "\($0.name) took \($0.length) milliseconds" }.joined(separator: ", ")
            }
        }
    }
}
