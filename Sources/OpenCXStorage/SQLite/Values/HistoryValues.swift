internal import OpenCXCore

extension HistoryEntry.Event: StoredValue {
    init(_ json: JSONNode) throws {
        var (name, held) = try json.enumerationCase()
        switch name {
        case "message": self = .message(try held.value("_0"))
        case "action": self = .action(try held.value("_0"))
        default: self = try json.decoded()
        }
    }

    func write(to json: JSONWriting) throws {
        switch self {
        case .message(let message): try json.enumerationCase("message") { try $0.member("_0", message) }
        case .action(let record): try json.enumerationCase("action") { try $0.member("_0", record) }
        // None of these comes with every turn.
        case .note, .prohibitedTopic, .handoff, .owner, .status, .withheld, .helpdesk, .deliveryFailed,
            .ratingRequested, .rated, .vote, .tags, .checkpoint, .delivery, .consent,
            .activity, .contactMerged:
            try json.write(self)
        }
    }
}

extension Message: StoredValue {
    init(_ json: JSONNode) throws {
        var json = try json.members()
        self.init(
            id: try json.value("id"), author: try json.value("author"), text: try json.value("text"),
            citations: try json.value("citations"), attachments: try json.value("attachments"),
            at: try json.value("at"), providerID: try json.optional("providerID"))
    }

    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("id", id)
            try json.member("author", author)
            try json.member("text", text)
            try json.member("citations", citations)
            try json.member("attachments", attachments)
            try json.member("at", at)
            try json.member("providerID", providerID)
        }
    }
}

extension Author: StoredValue {
    init(_ json: JSONNode) throws {
        var (name, held) = try json.enumerationCase()
        switch name {
        case "customer": self = .customer
        case "ai": self = .ai
        case "person": self = .person(try held.value("_0"))
        default: throw JSONText.corrupt("An unknown author was stored.")
        }
    }

    func write(to json: JSONWriting) throws {
        switch self {
        case .customer: try json.enumerationCase("customer")
        case .ai: try json.enumerationCase("ai")
        case .person(let person): try json.enumerationCase("person") { try $0.member("_0", person) }
        }
    }
}

extension Citation: StoredValue {
    init(_ json: JSONNode) throws {
        var json = try json.members()
        self.init(
            article: try json.value("article"), title: try json.value("title"), url: try json.optional("url"))
    }

    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("article", article)
            try json.member("title", title)
            try json.member("url", url)
        }
    }
}

extension Attachment: StoredValue {
    init(_ json: JSONNode) throws {
        var json = try json.members()
        self.init(
            name: try json.value("name"), mediaType: try json.value("mediaType"),
            byteCount: try json.optional("byteCount"), location: try json.value("location"))
    }

    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("name", name)
            try json.member("mediaType", mediaType)
            try json.member("byteCount", byteCount)
            try json.member("location", location)
        }
    }
}

extension ActionRecord: StoredValue {
    init(_ json: JSONNode) throws {
        var json = try json.members()
        self.init(
            name: try json.value("name"), arguments: try json.value("arguments"),
            outcome: try json.value("outcome"), result: .empty)
        changes = try json.value("changes")
        result = try json.value("result")
        fields = try json.value("fields")
    }

    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("name", name)
            try json.member("arguments", arguments)
            try json.member("outcome", outcome)
            try json.member("changes", changes)
            try json.member("result", result)
            try json.member("fields", fields)
        }
    }
}

extension ActionRecord.Outcome: StoredValue {}
