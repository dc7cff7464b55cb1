internal import HelpdeskSupport
internal import OpenCXCore

/// One handoff on its way into a conversation.
///
/// The conversation, and each of our messages, carries a mark in its metadata, so that another try finds what is there and goes on
/// behind it. Only the last call passes control: until then nobody in Zendesk sees anything.
struct SunshineHandoff {
    private let handoff: HandoffPackage
    private let configuration: SunshineConfiguration
    private let api: SunshineAPI

    init(_ handoff: HandoffPackage, configuration: SunshineConfiguration, api: SunshineAPI) {
        self.handoff = handoff
        self.configuration = configuration
        self.api = api
    }

    func perform() async throws -> HelpdeskReceipt {
        if let reference = handoff.reference, let conversation = try await api.conversation(reference) {
            return try await finish(conversation.id, isKnown: handoff.isRetry)
        }
        let user = "opencx:\(handoff.contact.id.rawValue)"
        // A user who is new has no conversation that an earlier try could have made.
        if try await !createUser(user), let conversation = try await find(of: user) {
            return try await finish(conversation.id, isKnown: true)
        }
        let made = try await api.create(for: user, named: "Session \(handoff.ticket)", metadata: marks(of: user))
        return try await finish(made.id, isKnown: false)
    }

    // MARK: The conversation

    /// Whether the user is new.
    ///
    /// Only an address that the channel vouches for goes along: Zendesk takes who has the same address for the same person.
    private func createUser(_ user: String) async throws -> Bool {
        let contact = handoff.contact
        let name = contact.name.map { PlainField.line($0, limit: 100) }.flatMap { $0.isEmpty ? nil : $0 }
        var profile: [String: JSONValue] = ["givenName": .string(name ?? "Customer \(handoff.ticket)")]
        if contact.isVerified, let email = contact.email, email.utf8.count <= 128 {
            do {
                return try await api.createUser(user, profile.merging(["email": .string(email)]) { $1 })
            } catch let failure as VendorFailure where failure.status == 400 || failure.status == 422 {
                // An address that Zendesk does not take must not keep the customer from a person.
                profile["email"] = nil
            }
        }
        return try await api.createUser(user, profile)
    }

    /// The conversation that an earlier try has made.
    private func find(of user: String) async throws -> SunshineConversation? {
        let mark = HandoffText.marker(handoff.idempotencyKey)
        return try await api.conversations(of: user).first { $0.mark == mark }
    }

    private func marks(of user: String) -> [String: JSONValue] {
        [
            SunshineMark.key: .string(HandoffText.marker(handoff.idempotencyKey)), SunshineMark.user: .string(user),
            SunshineMark.session: .string(PlainField.line(handoff.session.rawValue, limit: 200)),
            SunshineMark.ticket: .integer(Int64(handoff.ticket.rawValue)),
        ]
    }

    // MARK: The context, and control

    private func finish(_ id: String, isKnown: Bool) async throws -> HelpdeskReceipt {
        let known = isKnown ? try await api.messages(in: id) : []
        var first: String?
        for (place, part) in parts.enumerated() {
            let mark = HandoffText.marker(handoff.idempotencyKey, part: place)
            var message = known.first { $0.mark == mark }?.id
            if message == nil { message = try await api.post(part, by: .business, mark: mark, to: id) }
            if place == 0 { first = message }
        }
        // Who has answered already has got it, whatever became of the conversation since.
        if let start = known.firstIndex(where: { $0.id == first }), known[start...].contains(where: \.isByTeam) {
            return HelpdeskReceipt(reference: id)
        }
        try await pass(id, from: first)
        return HelpdeskReceipt(reference: id)
    }

    /// Gives the conversation to people. Where they have it already, they are named: `next` would pass it on to whoever follows them.
    private func pass(_ id: String, from first: String?) async throws {
        let now = try await api.conversation(id)
        let target = now.flatMap { configuration.isWithTeam($0) ? $0.active?.id : nil } ?? configuration.agentWorkspace
        let tags = SunshineText.tags(handoff)
        var metadata: [String: JSONValue] = ["dataCapture.systemField.tags": .string(tags.joined(separator: ","))]
        // Without it, the agent workspace shows the last few messages only.
        if let first { metadata["first_message_id"] = .string(first) }
        if let field = configuration.ticketNumberField {
            metadata["dataCapture.ticketField.\(field)"] = .string(String(handoff.ticket.rawValue))
        }
        try await api.passControl(of: id, to: target, metadata: metadata)
    }

    // MARK: Words

    private var parts: [String] {
        var plain = handoff
        plain.transcript = handoff.transcript.map { line in
            var line = line
            line.text = UnredactedText(PlainField.block(line.text.reveal(), limit: 200_000))
            return line
        }
        return [summary] + HandoffText.transcript(plain, limit: SunshineText.limit)
    }

    private var summary: String {
        var short = handoff
        short.summary = UnredactedText(PlainField.block(handoff.summary.reveal(), limit: 2000))
        // Messages are plain text.
        var text = HandoffText.comment(short, link: nil).replacing("**", with: "", maxReplacements: 2) + "\n" + customer
        if let link = configuration.link(to: handoff.session, handoff.ticket) { text += "\n" + link }
        return PlainField.block(text, limit: SunshineText.limit - 3)
    }

    /// Who the customer is, and how sure that is.
    private var customer: String {
        let contact = handoff.contact
        let parts = [contact.name, contact.email, contact.phone, contact.customID]
            .compactMap { $0.map { PlainField.line($0, limit: 150) } }.filter { !$0.isEmpty }
        if parts.isEmpty { return "Customer: nothing is known of who this is." }
        return "Customer" + (contact.isVerified ? ": " : " (as they say; not checked): ")
            + parts.joined(separator: " · ")
    }
}
