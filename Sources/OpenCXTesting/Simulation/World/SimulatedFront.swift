internal import OpenCXCore

/// Two helpdesks: one that conversations live in, with who has them there, and one that has tickets of those that were handed off; and
/// what both tell of the people who work in them.
struct SimulatedFront: Sendable {
    /// Something that a person has done there, to be told to the agent.
    struct Event: Sendable {
        var thread: ThreadID
        /// The ticket, at the helpdesk that has tickets.
        var ticket: String?
        var activity: TeamEvent.Activity
        /// How many sessions its thread has had at that time.
        var sessions: Int
        /// The agent has said that it knows.
        var isAcknowledged = false
    }

    /// A webhook request on its way, with the process that works on it.
    struct Request: Sendable {
        var event: Int
        var process: Int
    }

    /// The people who have a conversation; nobody stands for the AI.
    var holders: [ThreadID: PersonID] = [:]
    /// The step at which somebody took it.
    var takenAt: [ThreadID: Int] = [:]
    /// The tickets that were opened, with the threads of their sessions.
    var tickets: [(reference: String, thread: ThreadID)] = []
    var events: [Event] = []
    var requests: [Int: Request] = [:]
    private var lastRequest = 0

    static let id: HelpdeskID = "front"
    static let desk: HelpdeskID = "desk"

    /// What a person has written in the place of an event, so that it is found again.
    static func reply(_ event: Int) -> String { "\(words) e\(event)e" }

    static let words = "A person's words"

    func inbound(_ number: Int) -> TeamEvent {
        let event = events[number]
        let conversation = event.ticket.map { TeamEvent.Conversation.ticket($0) } ?? .thread(event.thread)
        return TeamEvent(event.activity, in: conversation, providerID: "evt-\(number)")
    }

    mutating func begin(_ event: Int, in process: Int) -> Int {
        lastRequest += 1
        requests[lastRequest] = Request(event: event, process: process)
        return lastRequest
    }
}

extension WorldState {
    /// A person who works in the helpdesk does something to one of its conversations.
    mutating func personActsAtFront() {
        if !front.tickets.isEmpty, random.chance(0.5) { return personActsOnTicket() }
        let threads = customers.threads.filter { $0.channel == .front }
        guard !threads.isEmpty else { return }
        let thread = random.pick(threads).id
        let person = PersonID(random.pick(["ada", "ben"]))
        switch random.below(8) {
        case 0, 1:
            take(thread, person)
            tell(.changed(UnredactedText("Assigned to \(person)"), by: person), of: thread)
        case 2, 3:
            take(thread, person)
            let words = SimulatedFront.reply(front.events.count) + " for \(Canary.any(random.below(90), &random))"
            tell(.replied(by: person, UnredactedText(words)), of: thread)
        case 4:
            front.holders[thread] = nil
            front.takenAt[thread] = nil
            tell(.changed(UnredactedText("Unassigned"), by: person), of: thread)
        case 5: tell(.noted(by: person, UnredactedText("Call \(Canary.any(random.below(90), &random))")), of: thread)
        case 6: tell(.ended(.closedResolved, by: person), of: thread)
        default: tell(.reopened(by: person), of: thread)
        }
    }

    private mutating func personActsOnTicket() {
        let (reference, thread) = random.pick(front.tickets)
        let person = PersonID(random.pick(["ada", "ben"]))
        let words = SimulatedFront.reply(front.events.count) + " for \(Canary.any(random.below(90), &random))"
        let activity: TeamEvent.Activity =
            switch random.below(8) {
            case 0, 1, 2: .replied(by: person, UnredactedText(words))
            case 3: .took(person)
            case 4: .noted(by: person, UnredactedText(words))
            case 5: .ended(.closedResolved, by: person)
            case 6: .ended(.closedUnresolved, by: nil)
            default: .reopened(by: person)
            }
        tell(activity, of: thread, ticket: reference)
    }

    private mutating func take(_ thread: ThreadID, _ person: PersonID) {
        note("\(person) takes \(thread) at the helpdesk")
        if front.holders[thread] == nil { front.takenAt[thread] = steps }
        front.holders[thread] = person
    }

    private mutating func tell(_ activity: TeamEvent.Activity, of thread: ThreadID, ticket: String? = nil) {
        let number = front.events.count
        let sessions = watch.order.compactMap { watch.sessions[$0] }.count { session in
            // The name of a ticket is known once the handoff's answer is written down.
            ticket.map { session.reference(at: SimulatedFront.desk) == $0 }
                ?? (session.thread == thread && session.channel == "front")
        }
        front.events.append(
            SimulatedFront.Event(thread: thread, ticket: ticket, activity: activity, sessions: sessions))
        agenda.add(.tell(number), at: now + .milliseconds(random.below(4000)))
        if random.chance(weather.deliveredTwice) {
            agenda.add(.tell(number), at: now + .milliseconds(random.below(8000)))
        }
    }

    /// The agent has answered a webhook, or nobody ever will. What it does not know is told again.
    mutating func heard(_ request: Int, _ status: Int?) {
        guard let sent = front.requests.removeValue(forKey: request) else { return }
        note("helpdesk hears \(status.map(String.init) ?? "nothing") for event \(sent.event)")
        if let status, (200..<300).contains(status) {
            front.events[sent.event].isAcknowledged = true
            if !(isStormy && random.chance(weather.acknowledgementLost)) { return }
        } else if let status, (400..<500).contains(status) {
            return complain([.init(law: "acknowledgement", what: "event \(sent.event) refused with \(status)")])
        }
        agenda.add(.tell(sent.event), at: now + .milliseconds(random.within(200...8000)))
    }
}

extension Watch {
    /// What people have written at the helpdesk is in the history once; nothing that was acknowledged is missing.
    func problems(of front: SimulatedFront) -> [Problem] {
        var problems: [Problem] = []
        for (number, event) in front.events.enumerated() {
            guard case .replied = event.activity else { continue }
            let words = "e\(number)e"
            let count = histories.values.reduce(0) { count, history in
                count
                    + history.count { entry in
                        if case .person? = entry.message?.author {
                            entry.message?.text.text.contains(words) == true
                        } else {
                            false
                        }
                    }
            }
            if count > 1 {
                problems.append(Problem(law: "duplicate", what: "\(words) is in the history \(count) times"))
            }
            let wasErased = gone.values.contains { $0.thread == event.thread }
            if count == 0, event.isAcknowledged, event.sessions > 0, !wasErased {
                problems.append(
                    Problem(law: "acknowledgement", what: "\(words) was acknowledged, and is not in the history"))
            }
        }
        return problems
    }
}
