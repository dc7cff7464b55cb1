internal import OpenCXCore

/// The calls of HubSpot's CRM API that are needed (developers.hubspot.com, CRM, objects, version 3).
extension HubSpotAPI {
    /// A contact, a ticket or a note.
    struct Record: Sendable {
        var id: String
        var properties: [String: String]
        var createdAt: Timestamp?
        /// Ids of what it is associated with.
        var associated: [String]

        init?(_ value: JSONValue, association: String? = nil) {
            guard let id = value["id"]?.name else { return nil }
            self.id = id
            if case .object(let members)? = value["properties"] {
                properties = members.compactMapValues(\.name)
            } else {
                properties = [:]
            }
            createdAt = (value["createdAt"]?.string).flatMap(HubSpotTime.read)
            let results = association.flatMap { value["associations"]?[$0]?["results"]?.items } ?? []
            var seen: Set<String> = []
            associated = results.compactMap { $0["id"]?.name }.filter { seen.insert($0).inserted }
        }
    }

    private static let objects = ["crm", "v3", "objects"]

    /// The numbers that HubSpot has for associations.
    enum Association: Int64, Sendable {
        case ticketToContact = 16
        case noteToTicket = 228
    }

    /// A record by its id, or by the value of a property that no two records share. HubSpot reads it from where it is
    /// kept, so what was written a moment ago is there.
    func record(
        _ id: String, in type: String, by property: String? = nil, properties: [String] = [],
        association: String? = nil, for purpose: HubSpotPurpose
    ) async throws -> Record {
        var query = properties.map { (name: "properties", value: $0) }
        if let association { query.append(("associations", association)) }
        if let property { query.append(("idProperty", property)) }
        let answer = try await send("GET", Self.objects + [type, id], query: query, for: purpose)
        guard let record = Record(answer, association: association) else {
            throw HubSpotFailure(.unreachable("The answer cannot be read."), purpose)
        }
        return record
    }

    /// Makes a record, and returns its id.
    func create(
        in type: String, _ properties: [String: String], associations: [(id: String, Association)] = [],
        for purpose: HubSpotPurpose
    ) async throws -> String {
        let links = associations.map { id, type -> JSONValue in
            [
                "to": ["id": .string(id)],
                "types": [
                    ["associationCategory": "HUBSPOT_DEFINED", "associationTypeId": .integer(type.rawValue)]
                ],
            ]
        }
        let answer = try await send(
            "POST", Self.objects + [type],
            body: ["properties": Self.values(properties), "associations": .array(links)], for: purpose)
        guard let id = answer["id"]?.name else {
            throw HubSpotFailure(.unreachable("The answer cannot be read."), purpose)
        }
        return id
    }

    /// Changes a ticket.
    func update(ticket: String, _ properties: [String: String]) async throws {
        _ = try await send(
            "PATCH", Self.objects + ["tickets", ticket], body: ["properties": Self.values(properties)], for: .ticket)
    }

    /// Searches. What was written within the last half minute may not be found yet.
    func search(
        _ type: String, _ filters: [(name: String, operation: String, value: String?)], properties: [String],
        limit: Int64 = 20, for purpose: HubSpotPurpose
    ) async throws -> [Record] {
        let conditions = filters.map { filter -> JSONValue in
            var members: [String: JSONValue] = [
                "propertyName": .string(filter.name), "operator": .string(filter.operation),
            ]
            if let value = filter.value { members["value"] = .string(value) }
            return .object(members)
        }
        let answer = try await send(
            "POST", Self.objects + [type, "search"],
            body: [
                "filterGroups": [["filters": .array(conditions)]], "properties": .array(properties.map { .string($0) }),
                "limit": .integer(limit), "after": "0", "sorts": ["-createdate"],
            ], for: purpose)
        guard case .array(let results)? = answer["results"] else {
            throw HubSpotFailure(.unreachable("The answer cannot be read."), purpose)
        }
        return results.compactMap { Record($0) }
    }

    /// The words of notes.
    func notes(_ ids: [String]) async throws -> [String] {
        guard !ids.isEmpty else { return [] }
        let answer = try await send(
            "POST", Self.objects + ["notes", "batch", "read"],
            body: [
                "properties": ["hs_note_body"], "propertiesWithHistory": [],
                "inputs": .array(ids.map { ["id": .string($0)] }),
            ], for: .note)
        guard case .array(let results)? = answer["results"] else {
            throw HubSpotFailure(.unreachable("The answer cannot be read."), .note)
        }
        return results.compactMap { Record($0)?.properties["hs_note_body"] }
    }

    /// The account's owners: the number that records know them by, and their user's.
    func owners() async throws -> [(id: String, user: String?)] {
        var owners: [(id: String, user: String?)] = []
        var after: String?
        for _ in 0..<20 {
            let page = try await send(
                "GET", ["crm", "v3", "owners"], query: [("limit", "100")] + (after.map { [("after", $0)] } ?? []),
                for: .owners)
            owners += (page["results"]?.items ?? []).compactMap { owner in
                owner["id"]?.name.map { ($0, owner["userId"]?.name) }
            }
            after = page["paging"]?["next"]?["after"]?.name
            if after == nil { break }
        }
        return owners
    }

    private static func values(_ properties: [String: String]) -> JSONValue {
        .object(properties.mapValues { .string($0) })
    }
}
