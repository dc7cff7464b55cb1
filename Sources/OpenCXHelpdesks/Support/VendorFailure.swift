package import OpenCXCore

/// Why a vendor did not do what it was asked. Its own free text stays out: vendors quote what they were sent.
package struct VendorFailure: Error, Sendable, Hashable {
    /// What kind of failure it is.
    package enum Kind: Sendable, Hashable {
        /// No answer: it is not known whether the request got through.
        case unreachable(String)
        /// An answer with this status.
        case status(Int)
        /// An answer that makes no sense; says what it is.
        case unreadable(String)
    }

    /// The vendor's name, for people.
    package var vendor: String
    /// What kind of failure it is.
    package var kind: Kind
    /// How long to wait before the next try, when the vendor said so.
    package var retryAfter: Duration?
    /// The vendor's own word for the error: letters, digits and `_-. `, cut short.
    package var code: String?

    /// Makes a failure.
    package init(vendor: String, kind: Kind, retryAfter: Duration? = nil, code: String? = nil) {
        self.vendor = vendor
        self.kind = kind
        self.retryAfter = retryAfter
        self.code = code
    }

    /// Reads a response that is no success. Looks for a word where Front (`_error.title`), Zendesk (`error`) and HubSpot
    /// (`category`) have one.
    package init(vendor: String, _ response: HTTPResponse) {
        let body = try? JSONValue(parsing: response.body)
        let word = body?["_error"]?["title"]?.string ?? body?["category"]?.string ?? body?["error"]?.string
        self.init(
            vendor: vendor, kind: .status(response.status), retryAfter: RetryAfter.duration(response.header),
            code: word.flatMap(Self.harmless))
    }

    /// The status, where there was one.
    package var status: Int? { if case .status(let status) = kind { status } else { nil } }

    /// Whether what was asked for is not there.
    package var isNotFound: Bool { status == 404 }

    /// Whether the request may have been carried out all the same.
    package var mayHaveBeenDone: Bool {
        switch kind {
        case .unreachable, .unreadable: true
        case .status(let status): status >= 500 && status != 503
        }
    }

    private static func harmless(_ word: String) -> String? {
        let isHarmless =
            word.utf8.count <= 60
            && word.utf8.allSatisfy { byte in
                (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x41 && byte <= 0x5A) || byte == 0x5F || byte == 0x2D
                    || byte == 0x20
            }
        return isHarmless && !word.isEmpty ? word : nil
    }

    private enum Meaning { case unavailable, unauthorized, notFound, rejected }

    private var meaning: Meaning {
        switch kind {
        case .unreachable, .unreadable: .unavailable
        case .status(401), .status(403): .unauthorized
        case .status(404), .status(410): .notFound
        case .status(408), .status(409), .status(423), .status(425), .status(429), .status(500...): .unavailable
        case .status: .rejected
        }
    }

    /// What is wrong and what to do about it, for whoever runs the agent.
    private func message(doing what: String) -> String {
        let name = code.map { " (\($0))" } ?? ""
        return switch (meaning, kind) {
        case (_, .unreachable(let reason)): "\(vendor) cannot be reached to \(what): \(reason)"
        case (_, .unreadable(let thing)): "\(vendor) gave \(thing) when asked to \(what)."
        case (.unauthorized, _):
            "\(vendor) refused the credentials when asked to \(what)\(name). Check the token and what it may do."
        case (.notFound, _): "\(vendor) knows nothing of what is needed to \(what)\(name)."
        case (_, .status(429)): "\(vendor) is asked too often; it would not \(what)\(name)."
        case (.unavailable, .status(let status)): "\(vendor) could not \(what) at the moment (\(status))\(name)."
        case (_, .status(let status)): "\(vendor) will not \(what) (\(status))\(name)."
        }
    }

    /// The failure of a helpdesk. `what` says what it was asked to do: `add a comment`.
    package func helpdeskError(doing what: String) -> HelpdeskError {
        let code: HelpdeskError.Code =
            switch meaning {
            case .unavailable: .unavailable
            case .unauthorized: .unauthorized
            case .notFound, .rejected: .rejected
            }
        return HelpdeskError(code, message(doing: what), retryAfter: retryAfter)
    }

    /// The failure of a channel.
    package func channelError(doing what: String) -> ChannelError {
        let code: ChannelError.Code =
            switch meaning {
            case .unavailable: .unavailable
            case .unauthorized: .unauthorized
            case .notFound, .rejected: .rejected
            }
        return ChannelError(code, message(doing: what), retryAfter: retryAfter)
    }

    /// The failure of a knowledge source.
    package func sourceError(doing what: String) -> KnowledgeSourceError {
        let code: KnowledgeSourceError.Code =
            switch meaning {
            case .unavailable: .unreachable
            case .unauthorized: .unauthorized
            case .notFound: .notFound
            case .rejected: .malformed
            }
        return KnowledgeSourceError(code, message(doing: what), retryAfter: retryAfter)
    }
}
