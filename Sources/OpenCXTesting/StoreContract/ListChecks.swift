internal import OpenCXCore

extension StoreContract {
    static let listChecks: [Check] = [
        Check("a history is read page by page") { scene in
            for index in 1...7 { try await scene.accept(scene.intake("x", message: MessageID("m\(index)"))) }
            var pages: [[Int]] = []
            var last = 0
            while true {
                let page = try await scene.store.history("s1", after: last, limit: 3).map(\.sequence)
                guard let end = page.last else { break }
                pages.append(page)
                last = end
            }
            try scene.expect(pages, is: [[1, 2, 3], [4, 5, 6], [7]], "the pages")
            try scene.expect(try await scene.store.history("s1", after: 0, limit: 0), is: [], "an empty page")
        },
        Check("sessions are listed by their last change, newest first") { scene in
            for index in 0..<4 {
                try await scene.accept(
                    scene.intake(
                        message: MessageID("m\(index)"), session: SessionID("s\(index)"), thread: ThreadID("t\(index)"),
                        at: index))
            }
            _ = try await scene.store.apply(.note("Ana", "Look"), to: "s1", at: scene.time(50))
            let all = try await scene.store.sessions(.all, limit: 9)
            try scene.expect(all.map(\.id), is: ["s1", "s3", "s2", "s0"], "the sessions")
            let two = try await scene.store.sessions(.all, limit: 2)
            try scene.expect(two.map(\.id), is: ["s1", "s3"], "the first two sessions")
            try scene.expect(try await scene.store.sessions(.all, limit: 0), is: [], "none of them")
        },
        Check("sessions are listed by filter") { scene in
            let ann = ContactHandle(email: "a@example.com", isVerified: true)
            for (index, name) in ["ai", "team", "person", "closed"].enumerated() {
                try await scene.accept(
                    scene.intake(
                        message: MessageID(name), session: SessionID(name), thread: ThreadID(name),
                        sender: index < 2 ? ann : nil, at: index))
            }
            _ = try await scene.store.apply(.assign(.team, by: "Ana"), to: "team", at: scene.time(10))
            _ = try await scene.store.apply(.takeOver("Ana"), to: "person", at: scene.time(11))
            _ = try await scene.store.apply(.assign(.team, by: "Ana"), to: "closed", at: scene.time(12))
            _ = try await scene.store.apply(.close(.closedResolved, by: .system), to: "closed", at: scene.time(13))
            let wanted: [(SessionFilter, [SessionID])] = [
                (.all, ["closed", "person", "team", "ai"]), (.open, ["person", "team", "ai"]),
                (.handedOff, ["person", "team"]), (.contact("contact-ai"), ["team", "ai"]), (.contact("none"), []),
            ]
            for (filter, sessions) in wanted {
                let found = try await scene.store.sessions(filter, limit: 9)
                try scene.expect(found.map(\.id), is: sessions, "the sessions for \(filter)")
            }
        },
        Check("what is not there is not found") { scene in
            try scene.expect(try await scene.store.session("none"), is: nil, "a session")
            try scene.expect(try await scene.store.session(ticket: TicketNumber(rawValue: 1)), is: nil, "a ticket")
            try scene.expect(try await scene.store.contact("none"), is: nil, "a contact")
            try scene.expect(try await scene.store.history("none", after: 0, limit: 9), is: [], "a history")
            try scene.expect(try await scene.store.traces("none"), is: [], "traces")
            try scene.expect(
                try await scene.openSession(channel: "web", thread: "none"), is: nil, "an open session")
            try scene.expect(try await scene.store.nextTurnDue(), is: nil, "the time of the next turn")
            try scene.expect(try await scene.store.nextDeliveryDue(), is: nil, "the time of the next delivery")
            let claim = try await scene.store.claimDelivery(now: scene.time(0), lease: "l", until: scene.time(9))
            try scene.expect(claim, is: nil, "a delivery")
        },
    ]
}
