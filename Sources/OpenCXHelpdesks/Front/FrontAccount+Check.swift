internal import HelpdeskSupport
public import OpenCXCore

extension FrontAccount {
    /// Looks whether everything is there that the AI needs in Front: token, scopes, teammate. Changes nothing.
    ///
    /// - Returns: what was found, in order, in plain words. Which webhooks there are, Front does not tell.
    public func check() async -> [ConnectionFinding] {
        var findings: [ConnectionFinding] = []
        do {
            let name = try await api.get("/me")["name"]?.string
            findings.append(
                ConnectionFinding(isProblem: false, "The token is good for \(name.map { "“\($0)”" } ?? "a company")."))
        } catch {
            findings.append(ConnectionFinding(isProblem: true, Self.words(error, "say whose token it is")))
            // Nothing else would work either.
            return findings + webhooks
        }
        findings.append(await teammate())
        for (path, scopes) in [
            ("/conversations", "conversations and messages (read, write, send)"),
            ("/company/tags", "tags (read, write)"),
        ] {
            do {
                _ = try await api.get(path, query: [("limit", "1")])
            } catch {
                let message = Self.words(error, "list \(path.dropFirst())")
                findings.append(ConnectionFinding(isProblem: true, "\(message) The token needs \(scopes)."))
            }
        }
        return findings + webhooks
    }

    private func teammate() async -> ConnectionFinding {
        let all: [FrontTeammate]
        do {
            all = try await api.list("/teammates").compactMap(FrontTeammate.init)
        } catch {
            let message = Self.words(error, "list the teammates")
            return ConnectionFinding(isProblem: true, "\(message) The token needs teammates (read).")
        }
        guard let found = all.first(where: { $0.id == configuration.teammate }) else {
            let candidates = all.filter { !$0.isBlocked }.prefix(20)
                .map { "\($0.id) (\($0.name ?? "no name"))" }.joined(separator: ", ")
            return ConnectionFinding(
                isProblem: true,
                "There is no teammate \(configuration.teammate). Choose one that the AI answers as: \(candidates).")
        }
        let name = found.name ?? found.id
        if found.isBlocked {
            return ConnectionFinding(
                isProblem: true, "The AI's teammate, \(name), is blocked. Unblock it in Front, or choose another.")
        }
        return ConnectionFinding(
            isProblem: false,
            "The AI answers as \(name), in conversations assigned to it"
                + (configuration.handlesUnassigned ? " and in unassigned ones." : "."))
    }

    private static func words(_ error: any Error, _ doing: String) -> String {
        (error as? VendorFailure)?.helpdeskError(doing: doing).message ?? "The look at Front was stopped."
    }

    private var webhooks: [ConnectionFinding] {
        if configuration.signingKey == nil, configuration.ruleSecret == nil {
            return [
                ConnectionFinding(
                    isProblem: true,
                    "No webhook can be verified: configure the application's signing key or the company's API secret.")
            ]
        }
        return [
            ConnectionFinding(
                isProblem: false,
                "Which webhooks there are, Front does not tell. It calls this server when the webhook's address is saved there."
            )
        ]
    }
}
