internal import OpenCXCore

extension WebhookResponse {
    /// The response as it is kept for a repetition.
    var remembered: [UInt8] {
        let headers = headers.map { JSONValue.array([.string($0.name), .string($0.value)]) }
        return JSONValue.object([
            "status": .integer(Int64(status)), "headers": .array(headers),
            "body": .string(String(decoding: body, as: UTF8.self)),
        ]).serialized()
    }

    init?(remembered bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes), case .integer(let status)? = value["status"],
            case .array(let list)? = value["headers"], let body = value["body"]?.string
        else { return nil }
        let headers = list.compactMap { item -> (name: String, value: String)? in
            guard case .array(let pair) = item, pair.count == 2, let name = pair[0].string, let value = pair[1].string
            else { return nil }
            return (name, value)
        }
        self.init(status: Int(status), headers: headers, body: Array(body.utf8))
    }
}
