internal import OpenCXAccess
internal import OpenCXCore

/// What a customer wrote is hidden, or the customer is forgotten for good.
extension InboxPages {
    var forgetting: [Route] {
        [
            Route(.post, "/inbox/{ticket}/hide", .redact) { try await hide($0) },
            Route(.post, "/inbox/{ticket}/erase", .erase) { try await erase($0) },
        ]
    }

    private func hide(_ visit: Visit) async throws -> WebhookAnswer {
        let session = try await session(visit)
        do {
            guard try await agent.hide(session.id) != nil else { throw PageError.notFound }
        } catch let error as StoreError where error.code == .refused {
            throw PageError.unfit("The AI is answering at the moment. Take the conversation over, or try again.")
        }
        return PageResponse.seeOther(path(of: session))
    }

    private func erase(_ visit: Visit) async throws -> WebhookAnswer {
        let session = try await session(visit)
        guard try await agent.erase(session.contact) != nil else { throw PageError.notFound }
        return PageResponse.seeOther(layout.path("/inbox"))
    }

    /// The buttons, for whoever may press them.
    func forgettingCard(_ session: Session, _ visit: Visit) -> HTML {
        let mayHide = visit.may(.redact)
        let mayErase = visit.may(.erase)
        return group {
            if mayHide || mayErase {
                section(.class("card")) {
                    h2 { "Privacy" }
                    if mayHide {
                        form(.post, .action(path(of: session, "/hide"))) {
                            FormToken.field(visit)
                            button(
                                .type("submit"), .class("quiet"),
                                .data(
                                    .confirm,
                                    "Hide everything that was written in this conversation? It cannot be shown again.")
                            ) { "Hide what was written" }
                        }
                    }
                    if mayErase {
                        form(.post, .action(path(of: session, "/erase"))) {
                            FormToken.field(visit)
                            button(
                                .type("submit"), .class("quiet"),
                                .data(
                                    .confirm,
                                    "Forget this customer, with all their conversations? Nothing brings them back.")
                            ) { "Forget this customer" }
                        }
                        p(.class("quiet-text")) { "What helpdesks and other systems were told is theirs to forget." }
                    }
                }
            }
        }
    }
}
