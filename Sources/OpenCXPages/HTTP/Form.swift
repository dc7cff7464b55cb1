internal import OpenCXCore

/// The fields of a form that a browser has sent (`application/x-www-form-urlencoded`).
struct Form: Sendable {
    private var fields: [(name: String, value: String)] = []

    /// No fields.
    init() {}

    /// Reads a request's body. What is no form, or larger than any form of ours can be, has no fields.
    init(_ request: WebhookRequest) {
        let type = request.header("content-type")?.prefix { $0 != ";" }.lowercased() ?? ""
        guard type == "application/x-www-form-urlencoded", request.body.count <= Self.sizeLimit,
            let form = FormFields(request.body)
        else { return }
        // Browsers send line breaks as CR LF.
        fields = form.all.map { (name: $0.name, value: $0.value.replacing("\r\n", with: "\n")) }
    }

    /// The first field with this name; line breaks as one character each.
    subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// A field without white space around it; `nil` where that leaves nothing.
    func text(_ name: String) -> String? {
        guard let value = self[name] else { return nil }
        let trimmed = value.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        return trimmed.isEmpty ? nil : String(trimmed)
    }

    /// A message of a person and some: 100,000 bytes, each of which may come as three.
    private static let sizeLimit = 400_000
}
