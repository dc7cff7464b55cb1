internal import OpenCXAccess
internal import OpenCXCore

extension RESTAPI {
    static func widget(_ parts: RESTParts) -> [Endpoint] {
        guard let authenticate = parts.authenticateWidgetUser else { return [] }
        return [
            Endpoint(
                id: "authenticateUser", method: .post, path: "/widget/authenticate-user", group: "Widget",
                summary: "Make a token with which the chat widget knows its user",
                details: """
                    Call it from your server for a user who has signed in there: whoever holds the token is taken for them. \
                    `avatar_url` and `language` are taken and not kept.
                    """,
                scope: APIScope(.widget, .write),
                body: Schema.object(
                    [
                        "email": ["type": "string", "format": "email", "maxLength": 254],
                        "name": Schema.text(0...200), "phone": Schema.text(0...40),
                        "avatar_url": Schema.text(0...2000), "language": Schema.text(0...20),
                        "customData": ContactFields.data,
                    ], required: ["email"]),
                success: [
                    .init(
                        status: 201, description: "The token.",
                        schema: Schema.object(["token": Schema.text(), "contact": Schema.object(["id": Schema.id])]))
                ],
                perform: { call in
                    let user = WidgetUser(
                        handle: ContactHandle(
                            email: call.body["email"]?.string, phone: call.body["phone"]?.string,
                            name: call.body["name"]?.string,
                            attributes: try attributes(in: call.body["customData"]), isVerified: true))
                    let made = try await authenticate(user)
                    return Reply(
                        status: 201,
                        body: [
                            "token": .string(made.token.reveal()), "contact": ["id": .string(made.contact.rawValue)],
                        ])
                })
        ]
    }
}
