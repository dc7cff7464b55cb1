/// A chart with its numbers in a table: the picture for the eye, the table for screen readers and for whoever wants to copy.
struct BarChart: Sendable {
    struct Series: Sendable {
        var name: String
        /// Picks the colour.
        var style: String
        var values: [Double]
    }

    var title: String
    /// Below each bar.
    var labels: [String]
    /// Stacked on one another.
    var series: [Series]
    /// How a value is written.
    var format: @Sendable (Double) -> String = { "\(Int($0.rounded()))" }

    private func value(_ one: Series, _ index: Int) -> Double {
        guard one.values.indices.contains(index), one.values[index].isFinite else { return 0 }
        return max(0, one.values[index])
    }

    var html: HTML {
        figure(.class("chart")) {
            figcaption {
                span(.class("chart-title")) { title }
                if series.count > 1 {
                    ul(.class("legend"), .aria(.label, "Legend")) {
                        for one in series {
                            li {
                                span(.class("swatch \(one.style)"), .aria(.hidden, "true"))
                                one.name
                            }
                        }
                    }
                }
            }
            picture
            details(.class("numbers")) {
                summary { "The numbers" }
                div(.class("table-frame"), .tabindex(0), .role("group"), .aria(.label, title)) { numbers }
            }
        }
    }

    private var picture: HTML {
        let top = Self.scale(labels.indices.map { index in series.reduce(0) { $0 + value($1, index) } }.max() ?? 0)
        let (left, bottom, width, height) = (44.0, 164.0, 700.0, 150.0)
        let step = width / Double(max(1, labels.count))
        let bar = min(38, step * 0.68)
        return svg(
            .drawing(.viewBox, "0 0 760 190"), .role("img"),
            .aria(.label, "\(title). The numbers are in the table below the picture.")
        ) {
            for tick in 0...4 {
                let y = bottom - height * Double(tick) / 4
                line(
                    .class("grid"), .drawing(.x1, left), .drawing(.x2, left + width), .drawing(.y1, y), .drawing(.y2, y)
                )
                if tick % 2 == 0 {
                    drawnText(.class("axis"), .drawing(.x, left - 8), .drawing(.y, y + 4), .drawing(.textAnchor, "end"))
                    {
                        format(top * Double(tick) / 4)
                    }
                }
            }
            for index in labels.indices {
                let x = left + step * (Double(index) + 0.5) - bar / 2
                column(index, x: x, width: bar, bottom: bottom, unit: height / top)
                if isLabelled(index) {
                    drawnText(
                        .class("axis"), .drawing(.x, x + bar / 2), .drawing(.y, bottom + 18),
                        .drawing(.textAnchor, "middle")
                    ) { labels[index] }
                }
            }
        }
    }

    private func column(_ index: Int, x: Double, width: Double, bottom: Double, unit: Double) -> HTML {
        var column = HTML()
        var y = bottom
        for one in series where value(one, index) > 0 {
            let size = unit * value(one, index)
            y -= size
            column += rect(
                .class(one.style), .drawing(.x, x), .drawing(.y, y), .drawing(.width, width),
                .drawing(.height, max(1, size)), .drawing(.rx, 2)
            ) { OpenCXPages.title { "\(labels[index]), \(one.name): \(format(value(one, index)))" } }
        }
        return column
    }

    private var numbers: HTML {
        table {
            caption(.class("visually-hidden")) { title }
            thead {
                tr {
                    th(.scope("col")) { "Day" }
                    for one in series { th(.scope("col")) { one.name } }
                }
            }
            tbody {
                for index in labels.indices {
                    tr {
                        th(.scope("row")) { labels[index] }
                        for one in series { td(.class("number")) { format(value(one, index)) } }
                    }
                }
            }
        }
    }

    /// At most some ten labels stand below the bars.
    private func isLabelled(_ index: Int) -> Bool { index % max(1, (labels.count + 9) / 10) == 0 }

    /// The next round number, so that the axis has round ones.
    static func scale(_ value: Double) -> Double {
        guard value > 4 else { return 4 }
        var unit = 1.0
        while unit * 10 < value { unit *= 10 }
        return [1, 2, 4, 6, 8, 10].map { $0 * unit }.first { $0 >= value } ?? unit * 10
    }
}
