public import OpenCXCore

extension HubSpotAccount {
    /// Looks whether the account is set up, and says in plain words what is missing. Reads, and writes nothing.
    ///
    /// What only a write would tell, and the app's webhooks, which no token of its own can read, are said as things to
    /// look at.
    public func check() async -> [ConnectionFinding] {
        var findings: [ConnectionFinding] = webhook()
        // Without a token that works the rest would only say it again.
        if await findings.add({ try await inboxes() }) {
            await findings.add { try await people() }
            await findings.add { try await contacts() }
            await findings.add { try await tickets() }
        }
        return findings
    }

    private func webhook() -> [ConnectionFinding] {
        var findings: [ConnectionFinding] = []
        if configuration.clientSecret.reveal().isEmpty {
            findings.append(
                ConnectionFinding(
                    isProblem: true, "The app's client secret is missing: every webhook would be refused. Configure it."
                ))
        }
        if !configuration.publicURL.hasPrefix("https://") {
            findings.append(
                ConnectionFinding(
                    isProblem: true,
                    "The public URL is no https:// address. HubSpot posts to no other, and signs exactly this one."))
        }
        if configuration.acceptsOlderSignatures {
            findings.append(
                ConnectionFinding(
                    isProblem: false,
                    "Older signatures are allowed. They hold no time, so what somebody has seen can be sent again."
                ))
        }
        findings.append(
            ConnectionFinding(
                isProblem: false,
                "HubSpot does not tell which webhooks an app has. Check that its target URL is "
                    + "\(configuration.publicURL), and that it is subscribed to conversation.creation, "
                    + "conversation.newMessage, conversation.propertyChange (assignedTo, status, isArchived), "
                    + "conversation.deletion, and ticket.propertyChange (hs_pipeline_stage, hubspot_owner_id)."))
        return findings
    }

    private func inboxes() async throws -> [ConnectionFinding] {
        let inboxes = try await api.inboxes()
        let missing = configuration.inboxIDs.subtracting(inboxes.map(\.id)).sorted()
        let known = inboxes.map { "\($0.id) (\(HubSpotWords.line($0.name, limit: 80)))" }.joined(separator: ", ")
        if !missing.isEmpty {
            return [
                ConnectionFinding(
                    isProblem: true,
                    "There is no inbox \(missing.joined(separator: ", ")). The account has: \(known).")
            ]
        }
        return [ConnectionFinding(isProblem: false, "The token works. Inboxes: \(known).")]
    }

    private func people() async throws -> [ConnectionFinding] {
        let owners = try await api.owners()
        let user = configuration.aiUserID
        var findings: [ConnectionFinding] = []
        if let owner = owners.first(where: { $0.user == user }) {
            let isNamed = configuration.aiOwnerID == owner.id
            findings.append(
                ConnectionFinding(
                    isProblem: !isNamed,
                    isNamed
                        ? "The AI's user is \(user), owner \(owner.id)."
                        : "The AI's user \(user) is owner \(owner.id): configure that as well, or tickets that "
                            + "belong to it count as a person's."))
        } else {
            findings.append(
                ConnectionFinding(
                    isProblem: true,
                    "No user \(user) may own records. Make a user for the AI with a seat, and configure its id."
                ))
        }
        if let owner = configuration.tickets.ownerID, !owners.contains(where: { $0.id == owner }) {
            findings.append(
                ConnectionFinding(isProblem: true, "There is no owner \(owner) to give tickets to. Configure another."))
        }
        return findings
    }

    private func contacts() async throws -> [ConnectionFinding] {
        _ = try await api.search("contacts", [("email", "HAS_PROPERTY", nil)], properties: [], limit: 1, for: .contact)
        return [ConnectionFinding(isProblem: false, "Contacts can be read.")]
    }

    /// A search by a property that does not exist is refused, and so is one by a stage that is none.
    private func tickets() async throws -> [ConnectionFinding] {
        _ = try await api.search(
            "tickets", [("hs_pipeline", "EQ", configuration.tickets.pipeline)], properties: [], limit: 1, for: .ticket)
        var findings = [ConnectionFinding(isProblem: false, "Tickets can be read.")]
        for property in configuration.tickets.properties.named {
            do {
                _ = try await api.search(
                    "tickets", [(property, "HAS_PROPERTY", nil)], properties: [property], limit: 1, for: .ticket)
            } catch let failure as HubSpotFailure where failure.isRefusal {
                findings.append(
                    ConnectionFinding(
                        isProblem: true,
                        "Tickets have no property \(property). Make it as a single-line text, or leave it out."
                    ))
            }
        }
        if let key = configuration.tickets.properties.handoffKey {
            do {
                _ = try await api.record("opencx-check", in: "tickets", by: key, for: .ticket)
            } catch let failure as HubSpotFailure where failure.isRefusal {
                findings.append(
                    ConnectionFinding(
                        isProblem: true,
                        "The property \(key) is not unique, so it keeps no second ticket away. Make it anew."
                    ))
            } catch let failure as HubSpotFailure where failure.isMissing {
                findings.append(ConnectionFinding(isProblem: false, "The property \(key) is unique."))
            }
        }
        return findings
    }
}

extension [ConnectionFinding] {
    /// Adds what a look finds, or why it could not be taken; says which of the two.
    @discardableResult
    fileprivate mutating func add(_ look: () async throws -> [ConnectionFinding]) async -> Bool {
        do {
            self += try await look()
            return true
        } catch let failure as HubSpotFailure {
            append(ConnectionFinding(isProblem: true, failure.message))
        } catch {
            append(ConnectionFinding(isProblem: true, "The look at HubSpot was broken off."))
        }
        return false
    }
}
