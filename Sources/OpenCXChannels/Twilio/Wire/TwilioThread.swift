internal import OpenCXCore

/// A conversation by text message: a number of the business's and one of a customer's. Written `+15551230000/+15559870000`.
struct TwilioThread: Sendable, Hashable {
    var business: String
    var customer: String

    init(business: String, customer: String) {
        self.business = business
        self.customer = customer
    }

    init?(_ thread: ThreadID) {
        let parts = thread.rawValue.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        (business, customer) = (String(parts[0]), String(parts[1]))
    }

    var id: ThreadID { ThreadID("\(business)/\(customer)") }
}
