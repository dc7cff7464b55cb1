internal import OpenCXCore

/// Makes the body of a call.
struct BodyBuilder {
    let plan: BodyPlan?
    let values: [String: JSONValue]
    /// What a boundary is made of.
    let seed: String

    /// - Throws: ``ActionError`` when what is given does not make a body.
    func body() throws(ActionError) -> (contentType: String, bytes: [UInt8])? {
        guard let plan, let value = try value(plan) else { return nil }
        switch plan.format {
        case .json: return (plan.contentType, value.serialized())
        case .text: return (plan.contentType, Array(value.argumentText.utf8))
        case .form:
            let pairs = try members(of: value).flatMap { name, member in
                Self.pairs(name, member, plan.encodings[name] ?? FormEncoding())
            }
            return (plan.contentType, Array(pairs.map { "\($0)=\($1)" }.joined(separator: "&").utf8))
        case .multipart:
            let parts = try members(of: value).flatMap { name, member in
                Self.parts(name, member, plan.encodings[name] ?? FormEncoding())
            }
            return Multipart(parts, seed: seed).body
        }
    }

    /// The body as one value; `nil` for none.
    private func value(_ plan: BodyPlan) throws(ActionError) -> JSONValue? {
        var value: JSONValue
        switch plan.content {
        case .whole(let argument):
            guard let given = values[argument] else {
                if plan.bound.isEmpty, !plan.isRequired { return nil }
                return try withBound([:], plan)
            }
            value = given
        case .members(let members):
            var given: [String: JSONValue] = [:]
            for member in members { given[member.name] = values[member.argument] }
            if given.isEmpty, plan.bound.isEmpty, !plan.isRequired { return nil }
            if let missing = members.first(where: { $0.isRequired && given[$0.name] == nil }) {
                throw ActionError(.badArguments, "The argument \(missing.argument) is missing.")
            }
            value = .object(given)
        }
        value = try withBound(value, plan)
        return value
    }

    /// Puts in what the platform has bound, over whatever is there.
    private func withBound(_ value: JSONValue, _ plan: BodyPlan) throws(ActionError) -> JSONValue {
        var value = value
        for (argument, path) in plan.bound {
            guard let own = values[argument], let changed = Self.setting(own, at: path[...], in: value) else {
                throw ActionError(.refused, "The customer is not verified, so the action was not called.")
            }
            value = changed
        }
        return value
    }

    private static func setting(_ own: JSONValue, at path: ArraySlice<String>, in value: JSONValue) -> JSONValue? {
        guard let name = path.first else { return own }
        guard case .object(var members) = value == .null ? [:] : value,
            let member = setting(own, at: path.dropFirst(), in: members[name] ?? [:])
        else { return nil }
        members[name] = member
        return .object(members)
    }

    private func members(of value: JSONValue) throws(ActionError) -> [(String, JSONValue)] {
        guard case .object(let members) = value else {
            throw ActionError(.badArguments, "The body must be an object.")
        }
        return members.sorted { $0.key < $1.key }
    }

    // MARK: Forms

    private static func pairs(_ name: String, _ value: JSONValue, _ encoding: FormEncoding) -> [(String, String)] {
        if let style = encoding.style { return style.pairs(name, value, keeping: .form) }
        let isJSON = encoding.contentType.map(MediaType.isJSON) ?? false
        if case .array = value, !isJSON {
            return ParameterStyle(.form, explode: true).pairs(name, value, keeping: .form)
        }
        // Objects are JSON unless the document says otherwise (OpenAPI 3.1.1, Encoding Object).
        return [
            (
                PercentEncoding.encodedName(name, keeping: .form),
                PercentEncoding.encoded(value.argumentText, keeping: .form)
            )
        ]
    }

    private static func parts(_ name: String, _ value: JSONValue, _ encoding: FormEncoding) -> [Multipart.Part] {
        let type = encoding.contentType?.split(separator: ",").first.map(String.init)
        if case .array(let items) = value, !(type.map(MediaType.isJSON) ?? false) {
            return items.flatMap { parts(name, $0, encoding) }
        }
        var contentType = type
        if case .object = value, type == nil { contentType = "application/json" }
        if encoding.isFile, type == nil { contentType = "application/octet-stream" }
        return [
            Multipart.Part(
                name: name, fileName: encoding.isFile ? name : nil, contentType: contentType,
                bytes: Array(value.argumentText.utf8))
        ]
    }
}

/// A body of several parts (RFC 7578).
struct Multipart {
    struct Part {
        var name: String
        var fileName: String?
        var contentType: String?
        var bytes: [UInt8]
    }

    private let parts: [Part]
    private let seed: String

    init(_ parts: [Part], seed: String) {
        self.parts = parts
        self.seed = seed
    }

    var body: (contentType: String, bytes: [UInt8]) {
        let boundary = boundary()
        var bytes: [UInt8] = []
        for part in parts {
            bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.quoted(part.name))\"".utf8
            if let fileName = part.fileName { bytes += "; filename=\"\(Self.quoted(fileName))\"".utf8 }
            if let type = part.contentType { bytes += "\r\nContent-Type: \(Self.quoted(type))".utf8 }
            bytes += "\r\n\r\n".utf8
            bytes += part.bytes
            bytes += "\r\n".utf8
        }
        bytes += "--\(boundary)--\r\n".utf8
        return ("multipart/form-data; boundary=\(boundary)", bytes)
    }

    /// A line that stands in none of the parts.
    private func boundary() -> String {
        var number = 0
        while true {
            let boundary = "OpenCX-\(String(PlainWords.name(seed).prefix(40)))-\(number)"
            let wanted = Array(boundary.utf8)
            if !parts.contains(where: { Self.contains($0.bytes, wanted) }) { return boundary }
            number += 1
        }
    }

    private static func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
        guard bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains { start in
            bytes[start] == wanted[0] && bytes[start..<start + wanted.count].elementsEqual(wanted)
        }
    }

    /// As browsers write names: quotes and line breaks escaped.
    private static func quoted(_ name: String) -> String {
        name.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "%22"
            case "\r": "%0D"
            case "\n": "%0A"
            default: String(scalar)
            }
        }.joined()
    }
}
