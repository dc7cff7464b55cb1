import OpenCXCore
import OpenCXHubSpot
import OpenCXTesting
import Testing

/// Every call of a handoff and of an ending fails once, before it is done and after, and another try goes on: what is
/// at HubSpot in the end is what one undisturbed try leaves.
struct HubSpotBrokenOffTests {
    enum Work: String, Sendable, CaseIterable {
        case newTicket, newTicketWithKey, longTicket, append, thread, threadEnding, ticketEnding
    }

    static let faults: [FakeHubSpot.Fault] = [
        .unreachable, .lostAnswer, .truncatedAnswer, .status(503), .status(429, body: #"{"policyName": "DAILY"}"#),
    ]

    private func desk(_ work: Work) -> HubSpot {
        let hubspot = HubSpot { configuration in
            configuration.tickets.ownerID = "88"
            configuration.tickets.properties = HubSpot.properties
            configuration.handoffAssignee = "A-8"
            if work == .newTicketWithKey { configuration.tickets.properties.handoffKey = "opencx_handoff" }
        }
        let now = hubspot.clock.now()
        hubspot.fake.change { state in
            state.searchLags = true
            state.properties.insert("opencx_handoff")
            state.unique.insert("opencx_handoff")
            state.threads["1"]?.ticket = "512"
            // Older than any handoff.
            state.records["tickets"]?["512"] = FakeHubSpot.Record(
                id: "512",
                properties: [
                    "hs_pipeline": "0", "hs_pipeline_stage": work == .append ? "4" : "1",
                ], at: now - .seconds(86_400))
        }
        hubspot.write("I want a person")
        hubspot.fake.forgetCalls()
        return hubspot
    }

    private func run(_ work: Work, on hubspot: HubSpot, isRetry: Bool) async throws {
        let desk = hubspot.helpdesk
        switch work {
        case .newTicket, .newTicketWithKey: _ = try await desk.open(hubspot.handoff(isRetry: isRetry))
        case .longTicket: _ = try await desk.open(hubspot.handoff(isRetry: isRetry, lines: 12))
        case .append: _ = try await desk.open(hubspot.handoff(reference: "512", isRetry: isRetry))
        case .thread: _ = try await desk.open(hubspot.handoff(reference: "thread-1", isRetry: isRetry))
        case .threadEnding: _ = try await desk.end(hubspot.ending("thread-1", isRetry: isRetry))
        case .ticketEnding: _ = try await desk.end(hubspot.ending("512", isRetry: isRetry))
        }
    }

    /// What there is, without the ids that were given out on the way.
    private func world(_ hubspot: HubSpot) -> [String] {
        let state = hubspot.fake.snapshot
        let records = state.records.flatMap { type, records in
            records.values.map { record in
                let values = record.properties.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                let links = record.associated.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.count)" }
                return "\(type) \(values) \(links)"
            }
        }
        let threads = state.threads.values.map { thread in
            "\(thread.id) \(thread.status) \(thread.assignee ?? "-") \(thread.said) \(thread.comments)"
        }
        return records.sorted() + threads.sorted()
    }

    @Test(arguments: Work.allCases, faults)
    func `goes on from where it broke off, and writes nothing twice`(work: Work, fault: FakeHubSpot.Fault) async throws
    {
        let undisturbed = desk(work)
        try await run(work, on: undisturbed, isRetry: false)
        let expected = world(undisturbed)
        let count = undisturbed.fake.calls.count
        #expect(count > 2)
        for call in 0..<count {
            let hubspot = desk(work)
            hubspot.fake.fail(call, with: fault)
            do {
                try await run(work, on: hubspot, isRetry: false)
                // Half of an answer that says no is a no.
                #expect(fault == .truncatedAnswer, "\(work), call \(call)")
            } catch let error as HelpdeskError {
                #expect(error.isRetryable, "\(work), call \(call)")
            }
            hubspot.fake.forgetCalls()
            try await run(work, on: hubspot, isRetry: true)
            #expect(world(hubspot) == expected, "\(work), \(fault), call \(call)")
        }
    }

    @Test(arguments: Work.allCases)
    func `a second try that breaks off as well changes nothing about that`(work: Work) async throws {
        let undisturbed = desk(work)
        try await run(work, on: undisturbed, isRetry: false)
        let expected = world(undisturbed)
        for first in 0..<undisturbed.fake.calls.count {
            for second in 0..<40 {
                let hubspot = desk(work)
                hubspot.fake.fail(first, with: .lostAnswer)
                _ = try? await run(work, on: hubspot, isRetry: false)
                hubspot.fake.forgetCalls()
                hubspot.fake.fail(second, with: .lostAnswer)
                let isDone = (try? await run(work, on: hubspot, isRetry: true)) != nil
                hubspot.fake.forgetCalls()
                if !isDone { try await run(work, on: hubspot, isRetry: true) }
                #expect(world(hubspot) == expected, "\(work), calls \(first) and \(second)")
                if isDone { break }
            }
        }
    }
}
