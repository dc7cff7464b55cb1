import OpenCXCore

extension FakeHubSpot.State {
    private static let builtIn: Set<String> = [
        "subject", "content", "hs_pipeline", "hs_pipeline_stage", "hubspot_owner_id", "hs_timestamp", "hs_note_body",
        "createdate", "email", "phone", "firstname",
    ]

    mutating func records(_ call: FakeHubSpot.Call, _ path: [String], at time: Timestamp) -> HTTPResponse {
        let type = path[0]
        switch (call.method, Array(path.dropFirst())) {
        case ("POST", []): return create(type, call.body, at: time)
        case ("POST", ["search"]): return search(type, call.body)
        case ("POST", ["batch", "read"]):
            guard case .array(let inputs)? = call.body["inputs"] else {
                return FakeHubSpot.error(400, "VALIDATION_ERROR")
            }
            let found = inputs.compactMap { $0["id"]?.string }.compactMap { records[type]?[$0] }
            return FakeHubSpot.ok(["status": "COMPLETE", "results": .array(found.map { $0.json(nil) })])
        case ("GET", let rest) where rest.count == 1:
            var record: FakeHubSpot.Record?
            if let property = call.query["idProperty"] {
                guard property == "email" || unique.contains(property) else {
                    return FakeHubSpot.error(400, "VALIDATION_ERROR")
                }
                record = records[type]?.values.first { $0.properties[property] == rest[0] }
            } else {
                record = records[type]?[rest[0]]
            }
            guard let record else { return FakeHubSpot.error(404, "OBJECT_NOT_FOUND") }
            return FakeHubSpot.ok(record.json(call.query["associations"]))
        case ("PATCH", let rest) where rest.count == 1:
            guard records[type]?[rest[0]] != nil else { return FakeHubSpot.error(404, "OBJECT_NOT_FOUND") }
            guard let values = values(call.body) else { return FakeHubSpot.error(400, "VALIDATION_ERROR") }
            for (name, value) in values { records[type]?[rest[0]]?.properties[name] = value.isEmpty ? nil : value }
            return FakeHubSpot.ok(records[type]?[rest[0]]?.json(nil) ?? .null)
        default: return FakeHubSpot.error(404, "OBJECT_NOT_FOUND")
        }
    }

    /// The properties of a body, if the account has them all.
    private func values(_ body: JSONValue) -> [String: String]? {
        guard case .object(let members)? = body["properties"] else { return nil }
        guard members.keys.allSatisfy({ Self.builtIn.contains($0) || properties.contains($0) }) else { return nil }
        return members.compactMapValues(\.string)
    }

    private mutating func create(_ type: String, _ body: JSONValue, at time: Timestamp) -> HTTPResponse {
        guard let values = values(body), case .array(let links)? = body["associations"] else {
            return FakeHubSpot.error(400, "VALIDATION_ERROR")
        }
        for name in unique {
            guard let value = values[name] else { continue }
            if records[type]?.values.contains(where: { $0.properties[name] == value }) == true {
                return FakeHubSpot.error(400, "VALIDATION_ERROR")
            }
        }
        if type == "contacts", let email = values["email"] {
            guard email.contains("@") else { return FakeHubSpot.error(400, "VALIDATION_ERROR") }
            if let known = records[type]?.values.first(where: { $0.properties["email"] == email }) {
                return FakeHubSpot.error(409, "CONFLICT", message: "Contact already exists. Existing ID: \(known.id)")
            }
        }
        let id = nextID()
        let other = ["tickets": "contacts", "notes": "tickets"][type]
        var record = FakeHubSpot.Record(id: id, properties: values, at: time)
        record.isIndexed = !searchLags
        for link in links {
            guard let other, let target = link["to"]?["id"]?.string, records[other]?[target] != nil else {
                return FakeHubSpot.error(400, "VALIDATION_ERROR")
            }
            record.associated[other, default: []].append(target)
            records[other]?[target]?.associated[type, default: []].append(id)
        }
        records[type]?[id] = record
        return FakeHubSpot.ok(record.json(nil), status: 201)
    }

    private func search(_ type: String, _ body: JSONValue) -> HTTPResponse {
        guard case .array(let groups)? = body["filterGroups"], case .array(let filters)? = groups.first?["filters"]
        else {
            return FakeHubSpot.error(400, "VALIDATION_ERROR")
        }
        let names = filters.compactMap { $0["propertyName"]?.string }
        guard names.allSatisfy({ Self.builtIn.contains($0) || properties.contains($0) }) else {
            return FakeHubSpot.error(400, "VALIDATION_ERROR")
        }
        let found = (records[type]?.values).map(Array.init)?.filter { record in
            record.isIndexed
                && filters.allSatisfy { filter in
                    let value = filter["value"]?.string ?? ""
                    let own = record.properties[filter["propertyName"]?.string ?? ""]
                    switch filter["operator"]?.string {
                    case "EQ": return own == value
                    case "GTE": return record.at.milliseconds >= Int64(value) ?? 0
                    case "CONTAINS_TOKEN": return own?.contains(value) == true
                    default: return own != nil
                    }
                }
        }
        let sorted = (found ?? []).sorted { $0.id > $1.id }
        return FakeHubSpot.ok(["total": .integer(Int64(sorted.count)), "results": .array(sorted.map { $0.json(nil) })])
    }
}

extension FakeHubSpot.Record {
    func json(_ association: String?) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(id), "properties": .object(properties.mapValues { .string($0) }),
            "createdAt": .string(at.description), "archived": false,
        ]
        if let association, let ids = associated[association] {
            members["associations"] = .object([
                association: ["results": .array(ids.map { ["id": .string($0), "type": "default"] })]
            ])
        }
        return .object(members)
    }
}
