internal import OpenCXCore

/// A message of the server's, as JSON-RPC 2.0 has it.
enum RPCMessage {
    /// The answer to one of our requests.
    case result(id: Int64, JSONValue)
    /// The refusal of one of our requests.
    case error(id: Int64, code: Int64, text: String)
    /// A request of the server's.
    case request(id: JSONValue, method: String)
    /// A notice that wants no answer.
    case notification(method: String)

    /// The messages in a text: one, or a list of them, as the version of March 2025 allows. What is none is passed over.
    ///
    /// - Throws: `JSONParsingError` when the text is no JSON.
    static func all(in text: [UInt8]) throws(JSONParsingError) -> [RPCMessage] {
        let value = try JSONValue(parsing: text)
        if case .array(let items) = value { return items.compactMap(RPCMessage.init) }
        return RPCMessage(value).map { [$0] } ?? []
    }

    private init?(_ value: JSONValue) {
        guard value["jsonrpc"] == "2.0" else { return nil }
        if let method = value["method"]?.string {
            switch value["id"] {
            case let id? where id.string != nil || id.double != nil: self = .request(id: id, method: method)
            case nil: self = .notification(method: method)
            default: return nil
            }
            return
        }
        guard case .integer(let id)? = value["id"]?.canonical else { return nil }
        if let error = value["error"] {
            guard case .integer(let code)? = error["code"]?.canonical else { return nil }
            self = .error(id: id, code: code, text: error["message"]?.string ?? "")
        } else if let result = value["result"] {
            self = .result(id: id, result)
        } else {
            return nil
        }
    }
}

/// The texts of our own messages.
enum RPCText {
    static func request(_ method: String, id: Int64, _ parameters: JSONValue) -> [UInt8] {
        JSONValue.object(["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": parameters])
            .serialized()
    }

    static func notification(_ method: String, _ parameters: JSONValue = [:]) -> [UInt8] {
        var members: [String: JSONValue] = ["jsonrpc": "2.0", "method": .string(method)]
        if parameters != [:] { members["params"] = parameters }
        return JSONValue.object(members).serialized()
    }

    /// Says that the answer to a request is not wanted any more.
    static func cancellation(of id: Int64) -> [UInt8] {
        notification("notifications/cancelled", ["requestId": .integer(id), "reason": "The caller waits no longer."])
    }

    static func reply(to id: JSONValue) -> [UInt8] {
        JSONValue.object(["jsonrpc": "2.0", "id": id, "result": [:]]).serialized()
    }

    static func methodNotFound(_ id: JSONValue) -> [UInt8] {
        JSONValue.object([
            "jsonrpc": "2.0", "id": id, "error": ["code": -32601, "message": "This client does not have the method."],
        ]).serialized()
    }
}
