internal import HelpdeskSupport
public import OpenCXCore

extension ZendeskArticles {
    /// Looks at the help center and says what is missing for its articles to be read. Changes nothing.
    public func check() async -> [ConnectionFinding] {
        do {
            let all = try await api.get("/api/v2/help_center/locales")["locales"]?.strings.map { $0.lowercased() } ?? []
            let missing = locales.filter { !all.contains($0) }
            if !missing.isEmpty {
                let names = missing.map { PlainField.line($0, limit: 20) }.joined(separator: ", ")
                return [ConnectionFinding(isProblem: true, "The help center has no articles in \(names).")]
            }
            let names = all.prefix(40).map { PlainField.line($0, limit: 20) }.joined(separator: ", ")
            return [ConnectionFinding(isProblem: false, "The help center is there, in \(names).")]
        } catch let failure as VendorFailure where failure.isNotFound {
            return [
                ConnectionFinding(
                    isProblem: true,
                    "The account has no help center. Turn it on in Zendesk (Guide), or leave articles out.")
            ]
        } catch let failure as VendorFailure {
            return [ConnectionFinding(isProblem: true, failure.sourceError(doing: "look at the help center").message)]
        } catch {
            return [ConnectionFinding(isProblem: true, "The look at Zendesk was broken off.")]
        }
    }
}
