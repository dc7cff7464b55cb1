internal import OpenCXCore

/// Passages as a search ranked them, with a bar for each score.
enum RankedTable {
    static func html(_ entries: [RankedEntry]) -> HTML {
        let best = entries.map(\.score).max() ?? 1
        return div(.class("table-frame"), .tabindex(0), .role("group"), .aria(.label, "Ranked passages")) {
            table {
                caption(.class("visually-hidden")) { "Ranked passages" }
                thead {
                    tr {
                        th(.scope("col")) { "Passage" }
                        th(.scope("col")) { "Score" }
                        th(.scope("col")) { "Covers" }
                    }
                }
                tbody {
                    for entry in entries {
                        tr {
                            th(.scope("row")) {
                                span { entry.title.text }
                                small { " \(entry.article.rawValue) #\(entry.ordinal)" }
                            }
                            td(.class("number")) {
                                Bar.html(best > 0 ? entry.score / best : 0)
                                Percent.two(entry.score)
                            }
                            td(.class("number")) { Percent.text(entry.coverage) }
                        }
                    }
                }
            }
        }
    }
}

/// A share as a short bar. The number stands beside it.
enum Bar {
    static func html(_ share: Double) -> HTML {
        svg(.class("bar"), .drawing(.viewBox, "0 0 60 8"), .aria(.hidden, "true"), .drawing(.focusable, "false")) {
            rect(.class("bar-back"), .drawing(.width, 60), .drawing(.height, 8), .drawing(.rx, 4))
            rect(
                .class("bar-fill"), .drawing(.width, 60 * min(1, max(0, share))), .drawing(.height, 8), .drawing(.rx, 4)
            )
        }
    }
}
