internal import HelpdeskSupport
internal import OpenCXCore

extension FrontAPI {
    /// The contact that Front has for a sender: the one that it names, else the one with this address, else a new one.
    ///
    /// - Parameters:
    ///   - recipient: the sender, as the message names it.
    ///   - kind: what kind of channel the message came in on, which says what the handle is.
    ///   - creating: whether one that is missing is made.
    /// - Returns: the contact's id; `nil` where there is none.
    func contact(of recipient: FrontRecipient, on kind: ChannelKind, creating: Bool) async throws -> String? {
        if let known = recipient.contact { return known }
        let source = Self.source(of: recipient.handle, on: kind)
        if source != "custom" {
            do {
                let path = "/contacts/alt:\(source):\(PathSegment.encoded(recipient.handle))"
                return try await get(path)["id"]?.string
            } catch let failure as VendorFailure where failure.isNotFound {
                // It is new.
            }
        }
        guard creating else { return nil }
        var body: [String: JSONValue] = [
            "handles": [["handle": .string(recipient.handle), "source": .string(source)]]
        ]
        if let name = recipient.name { body["name"] = .string(name) }
        return try await send("POST", "/contacts", body: .object(body)).body["id"]?.string
    }

    private static func source(of handle: String, on kind: ChannelKind) -> String {
        if handle.contains("@") { return "email" }
        return kind == .sms || kind == .whatsapp ? "phone" : "custom"
    }
}
