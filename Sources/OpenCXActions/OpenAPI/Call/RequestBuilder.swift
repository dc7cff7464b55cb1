internal import OpenCXCore

/// Makes the request of a call.
struct RequestBuilder {
    let plan: OperationPlan
    let settings: OpenAPISettings
    let call: ActionCall
    let values: [String: JSONValue]

    /// - Throws: ``ActionError`` when an argument does not fit where it has to go.
    func request() throws(ActionError) -> HTTPRequest {
        var headers = HeaderList()
        for parameter in plan.parameters where parameter.location == .header {
            guard let value = values[parameter.argument] else { continue }
            try headers.set(parameter.name, text(of: value, parameter), argument: parameter.argument)
        }
        let cookies = try cookieHeader()
        if !cookies.isEmpty { try headers.set("Cookie", cookies) }
        let body = try BodyBuilder(plan: plan.body, values: values, seed: call.idempotencyKey).body()
        if let body { try headers.set("Content-Type", body.contentType) }
        // What the team sends comes last: no argument takes its place.
        try headers.set("Accept", "application/json, */*;q=0.5")
        for (name, value) in settings.headers + plan.authorization.headers { try headers.set(name, value.reveal()) }
        try addContext(to: &headers)
        if plan.definition.effect == .change { try headers.set(plan.idempotencyHeader, call.idempotencyKey) }
        try headers.set("User-Agent", "OpenCX")
        return HTTPRequest(
            method: plan.method, url: try url(), headers: headers.pairs, body: body?.bytes ?? [],
            timeout: OpenAPIActions.timeout, responseLimit: settings.responseLimit)
    }

    private func addContext(to headers: inout HeaderList) throws(ActionError) {
        for header in settings.contextHeaders.sorted(by: { $0.rawValue < $1.rawValue }) {
            let value: String? =
                switch header {
                case .session: call.session.rawValue
                case .ticket: "\(call.ticket.rawValue)"
                case .organization: settings.organization
                case .externalUser: call.customer?.reveal()
                }
            if let value { try headers.set(header.rawValue, value) }
        }
    }

    private func text(of value: JSONValue, _ parameter: ParameterPlan) -> String {
        parameter.isJSON ? String(decoding: value.serialized(), as: UTF8.self) : parameter.style.headerText(value)
    }

    // MARK: The address

    private func url() throws(ActionError) -> String {
        let pieces = plan.path.prefix { $0 != "#" }.split(separator: "?", maxSplits: 1)
        var url = plan.base + (try path(String(pieces.first ?? "/")))
        var query = pieces.count > 1 ? [Self.cleaned(String(pieces[1]))] : []
        for parameter in plan.parameters where parameter.location == .query {
            guard let value = values[parameter.argument] else { continue }
            query += pairs(parameter, value).map { "\($0)=\($1)" }
        }
        query += plan.authorization.query.map { name, value in
            "\(PercentEncoding.encoded(name))=\(PercentEncoding.encoded(value.reveal()))"
        }
        if !query.isEmpty { url += "?" + query.joined(separator: "&") }
        return url
    }

    private func path(_ path: String) throws(ActionError) -> String {
        var result = ""
        for part in PathTemplate(path)?.parts ?? [] {
            switch part {
            case .text(let text): result += Self.cleaned(text)
            case .parameter(let name):
                guard let parameter = plan.parameters.first(where: { $0.location == .path && $0.name == name }),
                    let value = values[parameter.argument]
                else { throw ActionError(.badArguments, "A value for the path is missing.") }
                try checkPathValue(value, parameter)
                result +=
                    parameter.isJSON
                    ? PercentEncoding.encoded(String(decoding: value.serialized(), as: UTF8.self))
                    : parameter.style.pathText(name, value)
            }
        }
        return result
    }

    /// What goes into a path must not lead out of it: not empty, no `..` however it is put, no controls.
    private func checkPathValue(_ value: JSONValue, _ parameter: ParameterPlan) throws(ActionError) {
        let texts: [String]
        switch value {
        case .array(let items): texts = items.map(\.argumentText)
        case .object(let members): texts = members.keys + members.values.map(\.argumentText)
        case .null: texts = []
        default: texts = [value.argumentText]
        }
        let isSafe = texts.allSatisfy { text in
            let decoded = PercentEncoding.decoded(text) ?? text
            return !text.isEmpty && decoded.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
                && !decoded.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains { $0 == ".." || $0 == "." }
        }
        guard isSafe, !texts.isEmpty else {
            throw ActionError(.badArguments, "\(parameter.argument) must not be empty, and must not be a path.")
        }
    }

    private func pairs(_ parameter: ParameterPlan, _ value: JSONValue) -> [(String, String)] {
        guard parameter.isJSON else { return parameter.style.pairs(parameter.name, value, keeping: .unreserved) }
        let json = String(decoding: value.serialized(), as: UTF8.self)
        return [(PercentEncoding.encodedName(parameter.name, keeping: .unreserved), PercentEncoding.encoded(json))]
    }

    private func cookieHeader() throws(ActionError) -> String {
        var cookies = plan.parameters.filter { $0.location == .cookie }.flatMap { parameter -> [(String, String)] in
            guard let value = values[parameter.argument] else { return [] }
            return pairs(parameter, value)
        }
        for (name, value) in plan.authorization.cookies {
            cookies.removeAll { $0.0 == name }
            cookies.append((name, value.reveal()))
        }
        return cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
    }

    /// Text of the document's own in an address: what no address can hold is escaped.
    private static func cleaned(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            let isPlain = scalar.value > 0x20 && scalar.value < 0x7F && !"\"<>^`{|}\\#".unicodeScalars.contains(scalar)
            out += isPlain ? String(scalar) : PercentEncoding.encoded(String(scalar))
        }
        return out
    }
}

/// Headers, each name once.
struct HeaderList {
    private(set) var pairs: [(name: String, value: String)] = []

    /// Sets a header, in place of one of the same name.
    mutating func set(_ name: String, _ value: String, argument: String? = nil) throws(ActionError) {
        guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
            throw ActionError(
                .badArguments, "\(argument ?? "A header") must not hold line breaks or other control characters.")
        }
        pairs.removeAll { $0.name.lowercased() == name.lowercased() }
        pairs.append((name, value))
    }
}
