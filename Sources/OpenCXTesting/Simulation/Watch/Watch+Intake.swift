internal import OpenCXCore

extension Watch {
    /// A message was stored.
    mutating func accepted(_ accepted: AcceptedMessage, _ intake: Intake, _ view: View) -> [Problem] {
        if gone[accepted.session] != nil {
            return [Problem(law: "erasure", what: "\(accepted.ticket) takes a message, and was erased")]
        }
        let before = sessions[accepted.session]
        let isNew = before == nil
        let rival = order.last { sessions[$0]?.thread == intake.thread && sessions[$0]?.channel == intake.channel }
        var (new, problems) = take(view, ai: false)
        if isNew, let rival, sessions[rival]?.status == .open {
            problems.append(Problem(law: "lifecycle", what: "\(accepted.ticket) began beside an open session"))
        }
        if let before, before.status != .open {
            answeredThrough[before.id] = max(answeredThrough[before.id] ?? 0, before.lastCustomerSequence)
            if let closure = before.closure, let since = intake.reopensSince, closure.at <= since {
                problems.append(Problem(law: "lifecycle", what: "\(accepted.ticket) was opened again too late"))
            }
        }
        if isNew != accepted.startedSession {
            problems.append(Problem(law: "history", what: "\(accepted.ticket) began twice"))
        }
        // Who has the conversation at the helpdesk may have to be told first.
        guard new.count <= (intake.holder == .ai ? 2 : 3), let last = new.last, let message = last.message,
            message.id == intake.message.id,
            last.sequence == accepted.sequence, let number = Customers.tokens(in: message.text.text).first
        else {
            problems.append(
                Problem(law: "acknowledgement", what: "\(accepted.ticket): what was stored is not the message"))
            return problems
        }
        if let earlier = stored[number] {
            if isExcused(intake, earlier) {
                mistaken.insert(number)
            } else {
                problems.append(Problem(law: "duplicate", what: "m\(number)q is stored twice"))
            }
        }
        stored[number] = accepted.session
        return problems
    }

    /// Without a provider's id, a message delivered again counts as another one once its session has ended, and to a process
    /// with an empty vault, which gives its personal data other placeholders; and so does any whose session was erased
    /// (docs/Architecture.md, known gaps and decisions).
    private func isExcused(_ intake: Intake, _ earlier: SessionID) -> Bool {
        if gone[earlier] != nil { return true }
        guard case .content = intake.dedupe else { return false }
        return earlier != intake.session || !intake.message.text.placeholders.isEmpty
    }

    /// Whether the message that speaks of an order was taken for a new one when it was delivered again.
    func isMistaken(_ order: String) -> Bool {
        mistaken.contains { order == Customers.order($0) }
    }

    /// The provider was told that a message is safe.
    func acknowledged(_ number: Int) -> [Problem] {
        stored[number] == nil && !leftAlone.contains(number)
            ? [Problem(law: "acknowledgement", what: "m\(number)q was acknowledged, not stored")] : []
    }

    /// Whose session it is.
    func customer(of session: SessionID, _ customers: Customers) -> Int? {
        guard let thread = (sessions[session] ?? gone[session])?.thread else { return nil }
        return customers.threads.first { $0.id == thread }?.customer
    }

    /// The customer was asked about an order, and has said a clear yes since.
    func consent(to order: String, in session: SessionID) -> [Problem] {
        let messages = (histories[session] ?? []).compactMap(\.message)
        let asked = messages.firstIndex { message in
            message.author == .ai && message.text.text.hasSuffix("yes or no.")
                && CodeFormSearch.holds(order, message.text.text)
        }
        let agreed = asked.map { asked in
            messages[asked...].contains { $0.author == .customer && $0.text.text.hasPrefix("Yes (") }
        }
        return agreed == true ? [] : [Problem(law: "consent", what: "\(order) was changed without a yes")]
    }
}

/// Looks for a short code in a text.
enum CodeFormSearch {
    static func holds(_ code: String, _ text: String) -> Bool {
        let code = Array(code.utf8)
        let text = Array(text.utf8)
        guard !code.isEmpty, text.count >= code.count else { return false }
        return (0...(text.count - code.count)).contains { text[$0..<($0 + code.count)].elementsEqual(code) }
    }
}
