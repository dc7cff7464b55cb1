/// Small pictures beside words; screen readers pass them over.
enum Icon: Sendable {
    case inbox, inspect, insight, knowledge, members, account, search, send, note, back, person, robot, team, check,
        alert
    case tag, clock, lock

    var html: HTML {
        svg(
            .class("icon"), .drawing(.viewBox, "0 0 24 24"), .aria(.hidden, "true"), .drawing(.focusable, "false")
        ) { for shape in shapes { path(.drawing(.d, shape)) } }
    }

    private var shapes: [String] {
        switch self {
        case .inbox: ["M4 5h16v14H4z", "M4 14h4.5l1.5 2.5h4l1.5-2.5H20"]
        case .inspect: ["M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z", "M15.5 15.5 20 20", "M8 10.5h5"]
        case .insight: ["M4 20h16", "M7 16v-5", "M12 16V5", "M17 16V9"]
        case .knowledge: ["M5 4.5h10a3 3 0 0 1 3 3v12H8a3 3 0 0 1-3-3z", "M5 16.5a3 3 0 0 1 3-3h10", "M9 8h5"]
        case .members:
            [
                "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z", "M3 19.5a6 6 0 0 1 12 0", "M15.5 5a3.5 3.5 0 0 1 0 6",
                "M17.5 14.5a6 6 0 0 1 3.5 5",
            ]
        case .account, .person: ["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M5 20a7 7 0 0 1 14 0"]
        case .search: ["M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z", "M15.5 15.5 20 20"]
        case .send: ["M4 12 20 4l-5 16-4-6z", "M20 4l-9 10"]
        case .note: ["M5 4h14v11l-5 5H5z", "M14 20v-5h5", "M8.5 9h7"]
        case .back: ["M14.5 5 8 12l6.5 7"]
        case .robot: ["M5 9h14v10H5z", "M12 9V5", "M12 4.5h.01", "M9 14h.01", "M15 14h.01"]
        case .team:
            ["M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z", "M3 19.5a6 6 0 0 1 12 0", "M17.5 14.5a6 6 0 0 1 3.5 5"]
        case .check: ["M5 12.5 10 17.5 19 7"]
        case .alert: ["M12 4 21 19.5H3z", "M12 10v4", "M12 16.7h.01"]
        case .tag: ["M4 4h8l8 8-8 8-8-8z", "M8.2 8.2h.01"]
        case .clock: ["M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z", "M12 8v4.5l3 1.8"]
        case .lock: ["M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 0 1 7 0v3"]
        }
    }
}
