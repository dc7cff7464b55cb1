import OpenCXCore

extension FakeHubSpot.State {
    mutating func conversations(_ call: FakeHubSpot.Call, _ path: [String], at time: Timestamp) -> HTTPResponse {
        if path.first == "inboxes" {
            return FakeHubSpot.ok(["results": [["id": "1", "name": "Support"], ["id": "2", "name": "Sales"]]])
        }
        if path.first == "actors" {
            return FakeHubSpot.ok(["id": .string(path[1]), "name": "Anna Ek", "email": "anna@example.com"])
        }
        guard path.first == "threads", path.count > 1, var thread = threads[path[1]] else {
            return FakeHubSpot.error(404, "OBJECT_NOT_FOUND")
        }
        switch (call.method, path.count) {
        case ("GET", 2): return FakeHubSpot.ok(thread.json)
        case ("PATCH", 2):
            thread.status = call.body["status"]?.string ?? thread.status
            threads[thread.id] = thread
            return FakeHubSpot.ok(thread.json)
        case ("GET", 3):
            let newest = Array(thread.entries.reversed())
            let start = Int(call.query["after"] ?? "0") ?? 0
            let limit = min(Int(call.query["limit"] ?? "20") ?? 20, 100)
            let page = newest.dropFirst(start).prefix(limit)
            var body: [String: JSONValue] = ["results": .array(Array(page))]
            if start + limit < newest.count {
                body["paging"] = ["next": ["after": .string(String(start + limit))]]
            }
            return FakeHubSpot.ok(.object(body))
        case ("POST", 3): return post(call.body, to: thread.id, at: time)
        case ("GET", 4):
            guard let entry = thread.entries.first(where: { $0["id"]?.string == path[3] }) else {
                return FakeHubSpot.error(404, "OBJECT_NOT_FOUND")
            }
            return FakeHubSpot.ok(entry)
        case ("GET", 5): return FakeHubSpot.ok(["text": "The whole text.", "richText": "<p>The whole text.</p>"])
        default: return FakeHubSpot.error(405, "METHOD_NOT_ALLOWED")
        }
    }

    private mutating func post(_ body: JSONValue, to thread: String, at time: Timestamp) -> HTTPResponse {
        guard case .object(var entry) = body, let type = entry["type"]?.string else {
            return FakeHubSpot.error(400, "VALIDATION_ERROR")
        }
        let required =
            type == "MESSAGE"
            ? ["text", "attachments", "recipients", "senderActorId", "channelId", "channelAccountId"]
            : ["text", "attachments"]
        guard required.allSatisfy({ entry[$0] != nil }) else { return FakeHubSpot.error(400, "VALIDATION_ERROR") }
        let id = nextID()
        entry["id"] = .string(id)
        entry["createdAt"] = .string(time.description)
        entry["direction"] = type == "MESSAGE" ? "OUTGOING" : .null
        entry["senders"] = [["actorId": entry["senderActorId"] ?? "I-900"]]
        threads[thread]?.entries.append(.object(entry))
        return FakeHubSpot.ok(.object(entry), status: 201)
    }

    /// Somebody writes in a conversation; returns the entry's id.
    mutating func write(
        _ text: String, in thread: String, from actor: String = "V-101", type: String = "MESSAGE",
        email: String? = "anna@example.com", isTruncated: Bool = false, attachments: JSONValue = [], at time: Timestamp
    ) -> String {
        let id = nextID()
        var sender: [String: JSONValue] = ["actorId": .string(actor), "name": "Anna Ek"]
        if let email { sender["deliveryIdentifier"] = ["type": "HS_EMAIL_ADDRESS", "value": .string(email)] }
        let isIncoming = actor.hasPrefix("V-")
        let channel = threads[thread]?.channel ?? "1002"
        threads[thread]?.entries.append([
            "id": .string(id), "type": .string(type), "text": .string(text), "senders": [.object(sender)],
            "direction": type != "MESSAGE" ? .null : isIncoming ? "INCOMING" : "OUTGOING",
            "createdAt": .string(time.description), "channelId": .string(channel),
            "channelAccountId": "10", "subject": "Return of RMA-2207", "attachments": attachments,
            "truncationStatus": isTruncated ? "TRUNCATED" : "NOT_TRUNCATED",
        ])
        if isIncoming { threads[thread]?.status = "OPEN" }
        return id
    }
}

extension FakeHubSpot.Thread {
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(id), "status": .string(status), "inboxId": .string(inbox), "spam": .bool(isSpam),
            "originalChannelId": .string(channel), "originalChannelAccountId": "10", "associatedContactId": "101",
            "archived": false,
        ]
        if let assignee { members["assignedTo"] = .string(assignee) }
        if let ticket { members["threadAssociations"] = ["associatedTicketId": .string(ticket)] }
        return .object(members)
    }

    /// What was said in it, as `who: text`.
    var said: [String] { entries(of: "MESSAGE") }
    var comments: [String] { entries(of: "COMMENT") }

    private func entries(of type: String) -> [String] {
        entries.filter { $0["type"]?.string == type }.map { entry in
            guard case .array(let senders)? = entry["senders"] else { return "?" }
            return (senders.first?["actorId"]?.string ?? "?") + ": " + (entry["text"]?.string ?? "")
        }
    }
}
