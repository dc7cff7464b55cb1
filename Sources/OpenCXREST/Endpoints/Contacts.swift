internal import OpenCXAccess
internal import OpenCXCore

/// What a program may say of a contact.
enum ContactFields {
    static let data: JSONValue = [
        "type": "object", "maxProperties": 50, "propertyNames": ["minLength": 1, "maxLength": 100],
        "additionalProperties": ["type": "string", "maxLength": 2000],
    ]

    private static let email: JSONValue = ["type": "string", "format": "email", "maxLength": 254]
    private static let phone: JSONValue = ["type": "string", "maxLength": 40, "pattern": "^\\+?[0-9 ()./-]*[0-9]$"]
    private static let name = Schema.text(1...200)
    private static let customID = Schema.text(1...200)

    /// A new contact is somebody.
    static let new: JSONValue = {
        var contact = Schema.object(
            ["email": email, "phone": phone, "name": name, "custom_id": customID, "custom_data": data], required: []
        ).members
        contact["anyOf"] = .array(["email", "phone", "custom_id"].map { ["required": [.string($0)]] })
        return Schema.object(["contact": .object(contact)])
    }()

    static let change = Schema.object([
        "contact": Schema.object(
            [
                "email": Schema.optional(email), "phone": Schema.optional(phone), "name": Schema.optional(name),
                "custom_data": data,
            ], required: [])
    ])
}

extension RESTAPI {
    static func contacts(_ parts: RESTParts) -> [Endpoint] {
        let read = APIScope(.contacts, .read)
        let write = APIScope(.contacts, .write)
        let done = Endpoint.Success(status: 200, description: "The contact.", schema: Schema.named("Contact"))
        return [
            Endpoint(
                id: "listContacts", method: .get, path: "/contacts", group: "Contacts", summary: "List contacts",
                scope: read, query: [.cursor, .limit],
                success: [.init(status: 200, description: "A page.", schema: Schema.page(Schema.named("Contact")))],
                perform: { try await listContacts($0, parts) }),
            Endpoint(
                id: "createContact", method: .post, path: "/contacts", group: "Contacts", summary: "Add a contact",
                details: """
                    The caller vouches for it: it counts as verified. A verified contact that is known by the custom id or the \
                    address is this one (200), and what is new about it is added.
                    """,
                scope: write, body: ContactFields.new,
                success: [
                    .init(status: 201, description: "A new contact.", schema: Schema.named("Contact")),
                    .init(status: 200, description: "A known one.", schema: Schema.named("Contact")),
                ],
                perform: { try await createContact($0, parts) }),
            Endpoint(
                id: "getContact", method: .get, path: "/contacts/{id}", group: "Contacts",
                summary: "Look at a contact", scope: read, success: [done],
                perform: { Reply(body: try await contact($0, parts).json) }),
            Endpoint(
                id: "updateContact", method: .patch, path: "/contacts/{id}", group: "Contacts",
                summary: "Change a contact",
                details: """
                    What is left out stays as it is; null takes away. In `custom_data` an empty text takes a member away. What \
                    another verified contact has is refused (409).
                    """,
                scope: write, body: ContactFields.change, success: [done],
                perform: { try await changeContact($0, parts) }),
            Endpoint(
                id: "deleteContact", method: .delete, path: "/contacts/{id}", group: "Contacts",
                summary: "Forget a contact for good",
                details: """
                    With them go their sessions, histories, traces, deliveries and raw values. Nothing brings them back. What \
                    other systems were told is theirs: `copies` says where.
                    """,
                scope: write,
                success: [
                    .init(
                        status: 200, description: "They are forgotten.",
                        schema: Schema.object([
                            "id": Schema.id,
                            "sessions": Schema.list(
                                Schema.object([
                                    "id": Schema.id, "ticket_number": Schema.integer(),
                                    "withdrawn_deliveries": Schema.integer(),
                                    "copies": Schema.list(
                                        Schema.object(["helpdesk": Schema.text(), "reference": Schema.text()])),
                                ])),
                        ]))
                ],
                perform: { try await forgetContact($0, parts) }),
        ]
    }

    static func contact(_ call: Call, _ parts: RESTParts) async throws -> Contact {
        guard let contact = try await parts.store.contact(ContactID(call.path("id"))) else {
            throw APIFailure.notFound("contact")
        }
        return contact
    }

    private static func listContacts(_ call: Call, _ parts: RESTParts) async throws -> Reply {
        let after = call.string("cursor").map { ContactID($0) }
        let found = try await parts.store.contacts(after: after, limit: call.limit + 1)
        let page = found.prefix(call.limit)
        return Reply(body: [
            "items": .array(page.map(\.json)),
            "next": found.count > page.count ? JSONValue(page.last?.id.rawValue) : .null,
        ])
    }

    private static func forgetContact(_ call: Call, _ parts: RESTParts) async throws -> Reply {
        guard let erasure = try await parts.agent.erase(ContactID(call.path("id"))) else {
            throw APIFailure.notFound("contact")
        }
        let sessions = erasure.sessions.map { session -> JSONValue in
            [
                "id": .string(session.id.rawValue), "ticket_number": JSONValue(session.ticket.rawValue),
                "withdrawn_deliveries": JSONValue(session.withdrawnDeliveries),
                "copies": .array(
                    session.copies.map {
                        ["helpdesk": .string($0.helpdesk.rawValue), "reference": .string($0.reference)]
                    }),
            ]
        }
        return Reply(body: ["id": .string(erasure.contact.rawValue), "sessions": .array(sessions)])
    }
}
