internal import OpenCXCore

/// How bad things are in one simulation. Each kind of trouble is left out of half the seeds, so that the others get room.
struct Weather: Sendable {
    /// How long anything may go wrong.
    var length: Duration
    var crashes: Int
    var orderlyStops: Int
    var hasTwoProcesses: Bool
    /// By how much clocks differ, and how far they jump, at most: in most seeds less than the quarter of a lease that is kept
    /// back for it, in some more than a lease lasts.
    var skew: Duration
    var people: Int
    /// Whether the built-in answerer and classifier answer, rather than a script.
    var isEmbedded: Bool
    var hasEmptyRequests: Bool
    /// Whether sessions end after a short silence, and for how long they can be opened again.
    var endsSilentSessions: Bool
    var reopeningWindow: Duration

    var storeFailsBefore: Double
    var storeFailsAfter: Double
    var storeOutage: Double
    var redactorFails: Double
    var modelFails: Double
    var modelIsSlow: Double
    var searchFails: Double
    var channelBusy: Double
    var channelRefuses: Double
    var channelLosesResponse: Double
    var channelIsSlow: Double
    var helpdeskBusy: Double
    var helpdeskRefuses: Double
    var helpdeskLosesResponse: Double
    var helpdeskIsSlow: Double
    var hasEndpoint: Bool
    var endpointBusy: Double
    var endpointRefuses: Double
    var endpointLosesResponse: Double
    var endpointIsSlow: Double
    var actionRefuses: Double
    var actionBreaksBefore: Double
    var actionBreaksAfter: Double
    var actionIsSlow: Double
    var acknowledgementLost: Double
    var deliveredTwice: Double
    /// How often a person, or the customer, does something while the AI is thinking.
    var personInterrupts: Double
    /// Whether customers want to be forgotten.
    var forgets: Bool
    /// How long after the end of a session its customer is asked for a rating; `nil` for never.
    var asksForRatings: Duration?
    var customerInterrupts: Double
    var otherSender: Double
    var personalData: Double

    init(_ random: inout SimulationRandom) {
        func rate(_ highest: Double) -> Double { random.chance(0.5) ? random.fraction() * highest : 0 }
        length = .seconds(random.within(20...90))
        crashes = random.chance(0.6) ? random.within(1...4) : 0
        orderlyStops = random.chance(0.3) ? 1 : 0
        hasTwoProcesses = random.chance(0.5)
        skew = random.chance(0.7) ? .zero : random.chance(0.7) ? .milliseconds(1500) : .seconds(40)
        people = random.chance(0.6) ? random.within(1...6) : 0
        isEmbedded = random.chance(0.15)
        hasEmptyRequests = random.chance(0.2)
        endsSilentSessions = random.chance(0.4)
        reopeningWindow = random.chance(0.5) ? .seconds(random.within(1...40)) : .zero
        storeFailsBefore = rate(0.1)
        storeFailsAfter = rate(0.1)
        storeOutage = rate(0.01)
        redactorFails = rate(0.1)
        modelFails = rate(0.3)
        modelIsSlow = rate(0.3)
        searchFails = rate(0.1)
        channelBusy = rate(0.5)
        channelRefuses = rate(0.15)
        channelLosesResponse = rate(0.4)
        channelIsSlow = rate(0.2)
        helpdeskBusy = rate(0.6)
        helpdeskRefuses = rate(0.2)
        helpdeskLosesResponse = rate(0.4)
        helpdeskIsSlow = rate(0.2)
        hasEndpoint = random.chance(0.4)
        endpointBusy = rate(0.5)
        endpointRefuses = rate(0.1)
        endpointLosesResponse = rate(0.4)
        endpointIsSlow = rate(0.2)
        actionRefuses = rate(0.4)
        actionBreaksBefore = rate(0.3)
        actionBreaksAfter = rate(0.3)
        actionIsSlow = rate(0.3)
        acknowledgementLost = rate(0.5)
        deliveredTwice = rate(0.3)
        personInterrupts = rate(0.3)
        customerInterrupts = rate(0.3)
        otherSender = rate(0.1)
        personalData = random.fraction()
        forgets = random.chance(0.4)
        asksForRatings = random.chance(0.5) ? .seconds(random.pick([0, 5, 20])) : nil
    }
}
