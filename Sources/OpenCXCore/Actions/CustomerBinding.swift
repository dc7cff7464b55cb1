extension ActionDefinition {
    /// Why it is not called for this customer, whatever the arguments (law 10): what names them comes from the verified contact, or from
    /// nowhere.
    func refusal(for contact: Contact, in session: Session) -> ActionError? {
        let bound = parameters.filter(\.isBoundByPlatform)
        if session.hasOtherSenders, effect == .change || !bound.isEmpty {
            return ActionError(
                .refused,
                "Somebody other than the verified customer has written in this session, so the action was not called.")
        }
        if let unknown = bound.first(where: { !contact.isVerified || contact.value(of: $0.source) == nil }) {
            let reason =
                contact.isVerified
                ? "The verified contact lacks what \"\(unknown.name)\" is bound to" : "The customer is not verified"
            return ActionError(.refused, "\(reason), so the action was not called.")
        }
        return nil
    }
}
