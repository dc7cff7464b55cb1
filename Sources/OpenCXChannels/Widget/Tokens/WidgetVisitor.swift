internal import OpenCXCore
internal import OpenCXCrypto

/// Who a contact token stands for.
struct WidgetVisitor: Sendable, Hashable {
    /// Names the visitor among all that hold tokens. Of an unverified one who has typed an address it follows from that, so that
    /// a new token finds what an older one has begun; of any other it is random.
    var subject: String
    var email: String?
    var phone: String?
    var customID: String?
    var name: String?
    var isVerified: Bool
    /// What the page says of an unverified visitor; it is not known to be true.
    var data: [String: String] = [:]

    private static let audience = "opencx-widget"

    init(verified handle: ContactHandle) {
        email = handle.email
        phone = handle.phone
        customID = handle.customID
        name = handle.name
        isVerified = true
        let identities = [customID, email, phone].map { $0 ?? "" }
        subject = "v-" + Self.digest(identities.joined(separator: "\u{0}"))
    }

    init(unverifiedEmail email: String?, name: String?, data: [String: String]) {
        // The handle brings the address into its usual form.
        let handle = ContactHandle(email: email, name: name, isVerified: false)
        self.email = handle.email
        self.name = handle.name
        self.data = data
        isVerified = false
        subject = handle.email.map { "m-" + Self.digest($0) } ?? "a-" + Letters.random(32)
    }

    /// What a channel says of the visitor. An unverified one is somebody else on each device: knowing an address opens nothing
    /// that was written on another.
    func handle(device externalID: String?) -> ContactHandle? {
        if isVerified {
            return ContactHandle(email: email, phone: phone, customID: customID, name: name, isVerified: true)
        }
        return externalID.map { id in
            ContactHandle(
                email: email, customID: "\(deviceScope)\(Self.digest(id))", name: name, isVerified: false)
        }
    }

    /// What the custom ids of an unverified visitor's contacts begin with, on whatever device.
    private var deviceScope: String { "widget-\(subject)." }

    /// Whether a contact is this visitor, who is not verified, on one device or another.
    func isUnverified(_ contact: Contact) -> Bool {
        !isVerified && !contact.isVerified && contact.customID?.hasPrefix(deviceScope) == true
    }

    /// A hash as letters and digits; long enough that nobody finds two texts with the same.
    static func digest(_ text: String) -> String { Letters.text(of: SHA256.digest(of: Array(text.utf8))) }
}

extension WidgetVisitor {
    func claims(from time: Timestamp, until end: Timestamp) -> JSONValue {
        var claims: [String: JSONValue] = [
            "aud": .string(Self.audience), "sub": .string(subject), "ver": .bool(isVerified),
            "iat": .integer(time.milliseconds / 1000), "exp": .integer(end.milliseconds / 1000),
            // Where a page gives its widget a newer token, the widget looks here whether that is for somebody else, and begins anew
            // if it is; a token that does not say always is.
            "org_id": .string(Self.audience), "contact": ["id": .string(subject), "verified": .bool(isVerified)],
        ]
        for (name, value) in [("email", email), ("phone", phone), ("cid", customID), ("name", name)] {
            claims[name] = value.map(JSONValue.string)
        }
        if !data.isEmpty { claims["data"] = .object(data.mapValues(JSONValue.string)) }
        return .object(claims)
    }

    /// `nil` when the token has expired, or is not one of a contact of the widget.
    init?(claims: JSONValue, at time: Timestamp) {
        guard claims["aud"]?.string == Self.audience, let subject = claims["sub"]?.string, !subject.isEmpty,
            case .bool(let isVerified)? = claims["ver"], case .integer(let expiry)? = claims["exp"],
            time.milliseconds / 1000 < expiry
        else { return nil }
        self.subject = subject
        self.isVerified = isVerified
        email = claims["email"]?.string
        phone = claims["phone"]?.string
        customID = claims["cid"]?.string
        name = claims["name"]?.string
        if case .object(let data)? = claims["data"] { self.data = data.compactMapValues(\.string) }
        // Nobody in particular is nobody's conversations.
        if isVerified, handle(device: nil)?.isIdentifying != true { return nil }
    }
}

/// Random texts and hashes as letters only: no rule that looks for numbers, cards or telephones finds one in them.
enum Letters {
    private static let alphabet = Array("abcdefghijklmnop".utf8)

    static func text(of bytes: [UInt8]) -> String {
        String(decoding: bytes.flatMap { [alphabet[Int($0 >> 4)], alphabet[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// As many letters as are asked for, 4 bits each.
    static func random(_ count: Int) -> String { text(of: RandomBytes.make((count + 1) / 2)) }
}
