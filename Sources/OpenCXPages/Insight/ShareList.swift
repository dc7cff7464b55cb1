/// Shares of a whole as bars under one another; the numbers stand beside them, so it is a list for everybody.
struct ShareList: Sendable {
    var title: String
    var parts: [(name: String, count: Int)]
    var style = "series-1"

    var html: HTML {
        let total = parts.reduce(0) { $0 + $1.count }
        let most = parts.map(\.count).max() ?? 0
        return figure(.class("chart shares")) {
            figcaption { span(.class("chart-title")) { title } }
            if total == 0 {
                p(.class("nothing")) { "None in this time." }
            } else {
                ul(.class("plain")) {
                    for part in parts {
                        li {
                            span(.class("share-name")) { part.name }
                            bar(Double(part.count) / Double(max(1, most)))
                            span(.class("share-count")) {
                                "\(part.count) (\(Percent.text(Double(part.count) / Double(total))))"
                            }
                        }
                    }
                }
            }
        }
    }

    private func bar(_ share: Double) -> HTML {
        svg(
            .class("share-bar"), .drawing(.viewBox, "0 0 100 10"), .drawing(.preserveAspectRatio, "none"),
            .aria(.hidden, "true"), .drawing(.focusable, "false")
        ) {
            rect(.class("bar-back"), .drawing(.width, 100), .drawing(.height, 10))
            rect(.class(style), .drawing(.width, 100 * share), .drawing(.height, 10))
        }
    }
}
