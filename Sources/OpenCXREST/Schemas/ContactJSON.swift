internal import OpenCXCore

extension JSONValue {
    init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }
    init(_ time: Timestamp?) { self = time.map { .string($0.description) } ?? .null }
    init(_ text: RedactedText?) { self = text.map { .string($0.text) } ?? .null }
    init(_ number: Int) { self = .integer(Int64(number)) }
    init(_ texts: [String]) { self = .array(texts.map(JSONValue.string)) }
    init(_ texts: [String: String]) { self = .object(texts.mapValues(JSONValue.string)) }

    /// The items of a list; none of anything else.
    var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }

    /// The members of an object; none of anything else.
    var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }

    /// The members that are texts.
    var textMembers: [String: String] {
        members.compactMapValues(\.string)
    }

    var boolean: Bool? { if case .bool(let value) = self { value } else { nil } }
}

extension Contact {
    /// What nobody vouches for is kept apart, so that no program takes it for the truth.
    var json: JSONValue {
        func vouched(_ value: String?) -> JSONValue { JSONValue(isVerified ? value : nil) }
        func claimed(_ value: String?) -> JSONValue { JSONValue(isVerified ? nil : value) }
        let data = JSONValue(attributes ?? [:])
        return [
            "id": .string(id.rawValue), "email": vouched(email), "phone_number": vouched(phone),
            "name": vouched(name), "custom_id": JSONValue(customID), "custom_data": isVerified ? data : [:],
            "non_verified_name": claimed(name), "non_verified_email": claimed(email),
            "non_verified_phone_number": claimed(phone), "non_verified_custom_data": isVerified ? [:] : data,
            "is_verified": .bool(isVerified), "former_ids": JSONValue((formerIDs ?? []).map(\.rawValue)),
            "unreachable_on": .array(
                (unreachableChannels ?? []).map { mark in
                    [
                        "channel": .string(mark.channel.rawValue), "reason": .string(mark.reason.rawValue),
                        "since": JSONValue(mark.since),
                    ]
                }),
            "created_at": JSONValue(createdAt),
        ]
    }
}
