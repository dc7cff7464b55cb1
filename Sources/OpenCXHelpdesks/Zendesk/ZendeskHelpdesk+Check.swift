internal import HelpdeskSupport
public import OpenCXCore

extension ZendeskHelpdesk {
    /// Looks at the account and says what is missing for us to work with it. Changes nothing.
    public func check() async -> [ConnectionFinding] {
        do {
            guard let me = try await api.me() else {
                return [
                    problem(
                        "Zendesk does not take the credentials. Check the e-mail address and the API token, and that token "
                            + "access is on (Admin Center, Apps and integrations, Zendesk API).")
                ]
            }
            guard me.isStaff else {
                return [problem("The credentials are of a customer. Use those of an agent, made for the AI.")]
            }
            var findings = [fine("Signed in as \(me.role) \(me.id).")]
            findings.append(try await agentFinding(me))
            if let group = configuration.handoffGroup { findings.append(try await groupFinding(group)) }
            return findings + (try await webhookFindings())
        } catch let failure as VendorFailure {
            return [problem(failure.helpdeskError(doing: "look at the account").message)]
        } catch {
            return [problem("The look at Zendesk was broken off.")]
        }
    }

    private func agentFinding(_ me: ZendeskUser) async throws -> ConnectionFinding {
        if me.id == configuration.agent { return fine("The AI writes as this user.") }
        guard let user = try await api.user(configuration.agent), user.isStaff else {
            return problem(
                "The AI's user, \(configuration.agent), is no agent of the account. Make one and give its id.")
        }
        return problem(
            "The AI's user is \(configuration.agent), but the credentials are those of \(me.id): what that one does would be "
                + "taken for a person's work. Use credentials of user \(configuration.agent).")
    }

    private func groupFinding(_ group: Int64) async throws -> ConnectionFinding {
        let answer = try await api.get("/api/v2/groups")
        let groups = answer["groups"]?.array ?? []
        if groups.contains(where: { $0["id"]?.id == group }) { return fine("Handoffs go to group \(group).") }
        // Accounts with more than a page of groups are few.
        if answer["next_page"]?.string != nil { return fine("Handoffs go to group \(group), if there is one.") }
        return problem("There is no group \(group) to hand conversations off to.")
    }

    private func webhookFindings() async throws -> [ConnectionFinding] {
        if configuration.signingSecrets.isEmpty {
            return [
                problem(
                    "No signing secret is configured, so every webhook is refused. Make a webhook that is subscribed to ticket "
                        + "events (Admin Center, Apps and integrations, Webhooks), and give its signing secret.")
            ]
        }
        var findings: [ConnectionFinding] = []
        for webhook in configuration.webhooks {
            findings.append(try await webhookFinding(webhook))
        }
        return findings
    }

    private func webhookFinding(_ id: String) async throws -> ConnectionFinding {
        let name = id.unicodeScalars.filter {
            $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        }
        do {
            let answer = try await api.get("/api/v2/webhooks/\(String(String.UnicodeScalarView(name)))/signing_secret")
            guard let secret = answer["signing_secret"]?["secret"]?.string else { throw VendorFailure.unreadable }
            if configuration.signingSecrets.contains(Secret(secret)) { return fine("Webhook \(id) is known.") }
            return problem("The signing secret of webhook \(id) is not among the configured ones.")
        } catch let failure as VendorFailure where failure.isNotFound {
            return problem("There is no webhook \(id).")
        } catch let failure as VendorFailure where failure.status == 403 {
            return fine("The secret of webhook \(id) could not be compared: only administrators may see it.")
        }
    }

    private func fine(_ text: String) -> ConnectionFinding { ConnectionFinding(isProblem: false, text) }
    private func problem(_ text: String) -> ConnectionFinding { ConnectionFinding(isProblem: true, text) }
}
