internal import HelpdeskSupport
public import OpenCXCore

extension SunshineHelpdesk {
    /// Looks at the app and says what is missing for us to work with it. Changes nothing.
    public func check() async -> [ConnectionFinding] {
        do {
            _ = try await api.get("")
            let findings = [fine("Signed in to app \(PlainField.line(configuration.appID, limit: 60)).")]
            return findings + (try await switchboardFindings()) + (try await webhookFindings())
        } catch let failure as VendorFailure where failure.status == 401 {
            return [
                problem(
                    "Sunshine Conversations does not take the credentials. Check the key's id and secret, and the API's "
                        + "address (Admin Center, Apps and integrations, Conversations API).")
            ]
        } catch let failure as VendorFailure where failure.status == 403 {
            return [
                problem(
                    "The API key may not look at the app. Make a key of the app (its id begins with app_), not of a single "
                        + "integration.")
            ]
        } catch let failure as VendorFailure where failure.isNotFound {
            return [problem("There is no such app at this address. Check the app's id and the API's address.")]
        } catch let failure as VendorFailure {
            return [problem(failure.helpdeskError(doing: "look at the app").message)]
        } catch {
            return [problem("The look at Sunshine Conversations was broken off.")]
        }
    }

    // MARK: Who gets control

    private func switchboardFindings() async throws -> [ConnectionFinding] {
        guard let board = try await api.get("/switchboards")["switchboards"]?.array?.first,
            let id = board["id"]?.string.flatMap(SunshineAPI.segment)
        else {
            return [
                problem("The app has no switchboard, so no conversation reaches people. Turn on messaging in Zendesk.")
            ]
        }
        let answer = try await api.get("/switchboards/\(id)/switchboardIntegrations")
        let all = answer["switchboardIntegrations"]?.array ?? []
        var findings: [ConnectionFinding] = []
        if board["enabled"] == .bool(false) { findings.append(problem("The app's switchboard is off. Turn it on.")) }
        findings.append(target(among: all, default: board["defaultSwitchboardIntegrationId"]?.string))
        // Linked to the switchboard, our webhook is told of what others have control of only if it asks for that.
        if let own = configuration.integration,
            let linked = all.first(where: { $0["integrationId"]?.string == own }),
            linked["deliverStandbyEvents"] != .bool(true)
        {
            findings.append(
                problem(
                    "Our integration is in the switchboard without deliverStandbyEvents, so we are not told what people "
                        + "write. Turn that on, or take the integration out of the switchboard."))
        }
        return findings
    }

    private func target(among all: [JSONValue], default id: String?) -> ConnectionFinding {
        let name = configuration.agentWorkspace
        let known = all.compactMap { $0["name"]?.string }.map { PlainField.line($0, limit: 60) }
            .joined(separator: ", ")
        guard name == SunshineControl.next else {
            let found = all.contains {
                $0["name"]?.string == name || $0["id"]?.string == name || $0["integrationType"]?.string == name
            }
            return found
                ? fine("Handoffs go to \(name).")
                : problem("The switchboard has no integration named \(name). There are: \(known).")
        }
        let first = all.first { $0["id"]?.string == id }
        let next = first?["nextSwitchboardIntegrationId"]?.string
        let isThere = [first, all.first { next != nil && $0["id"]?.string == next }].contains {
            $0?["integrationType"]?.string == SunshineControl.agentWorkspace
        }
        if isThere { return fine("Handoffs go to the agent workspace.") }
        return problem(
            "The agent workspace is not what follows the switchboard's default integration. Name the integration that people "
                + "work in. There are: \(known).")
    }

    // MARK: What we are told

    private func webhookFindings() async throws -> [ConnectionFinding] {
        if configuration.webhookSecrets.isEmpty {
            return [
                problem(
                    "No webhook secret is configured, so every webhook is refused. Make a conversations integration (Admin "
                        + "Center, Apps and integrations, Conversations integrations) with our address, and give its secret."
                )
            ]
        }
        guard let integration = configuration.integration.flatMap(SunshineAPI.segment) else { return [] }
        do {
            let hooks = try await api.get("/integrations/\(integration)/webhooks")["webhooks"]?.array ?? []
            let ours = hooks.first { hook in
                hook["secret"]?.string.map { configuration.webhookSecrets.contains(Secret($0)) } ?? false
            }
            guard let ours else {
                return [problem("No webhook of integration \(integration) has one of the configured secrets.")]
            }
            return triggers(of: ours)
        } catch let failure as VendorFailure where failure.isNotFound {
            return [problem("There is no conversations integration \(integration).")]
        }
    }

    private func triggers(of hook: JSONValue) -> [ConnectionFinding] {
        let subscribed = hook["triggers"]?.array?.compactMap(\.string) ?? []
        if subscribed.contains("*") { return [fine("The webhook is subscribed to everything.")] }
        let missing = ["conversation:message", "switchboard:releaseControl", "switchboard:passControl"]
            .filter { !subscribed.contains($0) }
        if missing.isEmpty { return [fine("The webhook is subscribed to what is needed.")] }
        return [problem("The webhook is not subscribed to \(missing.joined(separator: ", ")).")]
    }

    private func fine(_ text: String) -> ConnectionFinding { ConnectionFinding(isProblem: false, text) }
    private func problem(_ text: String) -> ConnectionFinding { ConnectionFinding(isProblem: true, text) }
}
