internal import OpenCXCore

extension Session: StoredValue {
    init(_ json: JSONNode) throws {
        var json = try json.members()
        self.init(
            id: try json.value("id"), ticket: try json.value("ticket"), channel: try json.value("channel"),
            channelKind: try json.value("channelKind"), thread: try json.value("thread"),
            contact: try json.value("contact"), hasOtherSenders: try json.value("hasOtherSenders"),
            status: try json.value("status"), owner: try json.value("owner"), language: try json.optional("language"),
            subject: try json.optional("subject"), tags: try json.value("tags"), handoff: try json.coded("handoff"),
            pendingAction: try json.coded("pendingAction"), clarifications: try json.value("clarifications"),
            placeholders: try json.value("placeholders"), createdAt: try json.value("createdAt"),
            updatedAt: try json.value("updatedAt"), lastSequence: try json.value("lastSequence"),
            messageCount: try json.optional("messageCount"),
            lastCustomerSequence: try json.value("lastCustomerSequence"),
            settledSequence: try json.value("settledSequence"))
        home = try json.optional("home")
        let named: [String: String] = try json.optional("tickets") ?? [:]
        tickets = Dictionary(uniqueKeysWithValues: named.map { (HelpdeskID($0.key), $0.value) })
        begunEffect = try json.coded("begunEffect")
        expiry = try json.optional("expiry")
        attributes = try json.optional("attributes") ?? [:]
        checkpoint = try json.optional("checkpoint")
        closure = try json.coded("closure")
        rating = try json.coded("rating")
        ratingDueAt = try json.optional("ratingDueAt")
        ratingRequestedAt = try json.optional("ratingRequestedAt")
        survey = try json.coded("survey")
        firstMessageAt = try json.optional("firstMessageAt")
        firstReplyAt = try json.optional("firstReplyAt")
        awaitingSince = try json.optional("awaitingSince")
    }

    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("id", id)
            try json.member("ticket", ticket)
            try json.member("channel", channel)
            try json.member("channelKind", channelKind)
            try json.member("thread", thread)
            try json.member("contact", contact)
            try json.member("hasOtherSenders", hasOtherSenders)
            try json.member("status", status)
            try json.member("owner", owner)
            try json.member("language", language)
            try json.member("subject", subject)
            try json.member("tags", tags)
            try json.member("attributes", attributes)
            try json.member("checkpoint", checkpoint)
            try json.member("home", home)
            try json.member(
                "tickets", Dictionary(uniqueKeysWithValues: tickets.map { ($0.key.rawValue, $0.value) }))
            try json.coded("handoff", handoff)
            try json.coded("pendingAction", pendingAction)
            try json.coded("begunEffect", begunEffect)
            try json.member("clarifications", clarifications)
            try json.member("expiry", expiry)
            try json.coded("closure", closure)
            try json.coded("rating", rating)
            try json.member("ratingDueAt", ratingDueAt)
            try json.member("ratingRequestedAt", ratingRequestedAt)
            try json.coded("survey", survey)
            try json.member("awaitingSince", awaitingSince)
            try json.member("placeholders", placeholders)
            try json.member("createdAt", createdAt)
            try json.member("firstMessageAt", firstMessageAt)
            try json.member("firstReplyAt", firstReplyAt)
            try json.member("updatedAt", updatedAt)
            try json.member("lastSequence", lastSequence)
            try json.member("messageCount", messageCount)
            try json.member("lastCustomerSequence", lastCustomerSequence)
            try json.member("settledSequence", settledSequence)
        }
    }
}

extension SessionOwner: StoredValue {
    init(_ json: JSONNode) throws {
        var (name, held) = try json.enumerationCase()
        switch name {
        case "ai": self = .ai
        case "team": self = .team
        case "person": self = .person(try held.value("_0"))
        default: throw JSONText.corrupt("An unknown owner was stored.")
        }
    }

    func write(to json: JSONWriting) throws {
        switch self {
        case .ai: try json.enumerationCase("ai")
        case .team: try json.enumerationCase("team")
        case .person(let person): try json.enumerationCase("person") { try $0.member("_0", person) }
        }
    }
}

extension SessionExpiry: StoredValue {
    init(_ json: JSONNode) throws {
        var json = try json.members()
        self.init(
            at: try json.value("at"), status: try json.value("status"), by: try json.value("actor"),
            ratingAt: try json.optional("ratingAt"))
    }

    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("at", at)
            try json.member("status", status)
            try json.member("actor", actor)
            try json.member("ratingAt", ratingAt)
        }
    }
}

extension HistoryEntry.Actor: StoredValue {
    init(_ json: JSONNode) throws {
        var (name, held) = try json.enumerationCase()
        switch name {
        case "customer": self = .customer
        case "ai": self = .ai
        case "person": self = .person(try held.value("_0"))
        case "system": self = .system
        default: throw JSONText.corrupt("An unknown actor was stored.")
        }
    }

    func write(to json: JSONWriting) throws {
        switch self {
        case .customer: try json.enumerationCase("customer")
        case .ai: try json.enumerationCase("ai")
        case .person(let person): try json.enumerationCase("person") { try $0.member("_0", person) }
        case .system: try json.enumerationCase("system")
        }
    }
}

extension PlaceholderCounts: StoredValue {
    init(_ json: JSONNode) throws {
        var json = try json.members()
        self.init(highest: try json.value("highest"))
    }

    func write(to json: JSONWriting) throws {
        try json.object { try $0.member("highest", highest) }
    }
}

extension Contact: StoredValue {
    init(_ json: JSONNode) throws {
        var json = try json.members()
        self.init(
            id: try json.value("id"), email: try json.optional("email"), phone: try json.optional("phone"),
            customID: try json.optional("customID"), name: try json.optional("name"),
            attributes: try json.optional("attributes"), isVerified: try json.value("isVerified"),
            createdAt: try json.value("createdAt"))
        silencedChannels = try json.optional("silencedChannels")
        unreachableChannels = try json.coded("unreachableChannels")
        formerIDs = try json.optional("formerIDs")
    }

    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("id", id)
            try json.member("email", email)
            try json.member("phone", phone)
            try json.member("customID", customID)
            try json.member("name", name)
            try json.member("attributes", attributes)
            try json.member("silencedChannels", silencedChannels)
            try json.coded("unreachableChannels", unreachableChannels)
            try json.member("formerIDs", formerIDs)
            try json.member("isVerified", isVerified)
            try json.member("createdAt", createdAt)
        }
    }
}
