internal import OpenCXCore

/// A trace as it is stored: compressed JSON behind the length of what it unpacks to, in four bytes.
///
/// Traces are the largest part of a turn and are read by people only.
enum TraceBody {
    /// Longer ones are refused, and what claims to be longer is damaged.
    private static let longest = 256 << 20

    static func pack(_ trace: Trace) throws -> [UInt8] {
        let json = try StoredJSON.encode(trace)
        guard json.count <= longest else { throw StoreError(.full, "The turn's trace is too large to be stored.") }
        let length = withUnsafeBytes(of: UInt32(json.count).littleEndian) { [UInt8]($0) }
        return length + (try Deflate.compress(json, dictionary: vocabulary))
    }

    static func unpack(_ bytes: [UInt8]) throws -> Trace {
        let length = bytes.prefix(4).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        guard bytes.count > 4, length <= longest else { throw StoreError.unreadable("a trace") }
        let json = try Deflate.expand(bytes.dropFirst(4), length: length, dictionary: vocabulary)
        return try StoredJSON.decode(Trace.self, from: json)
    }

    /// What traces have in common; it makes short ones a third shorter. Part of the file format: never edited, only followed
    /// by another one (zlib says which of them a text was compressed with).
    private static let vocabulary: StaticString = """
        {"event":{"failed":{"reason":"","stage":"answer"}},"offset":1},{"event":{"withheld":{"_0":"newer_message"}},\
        "offset":1},{"event":{"acted":{"_0":{"arguments":{},"name":"","outcome":"succeeded","result":""}}},"offset":1},\
        {"event":{"prompt":{"_0":""}},"offset":1},{"event":{"drafted":{"_0":{"handoff":{"_0":"low_confidence",\
        "explanation":""}}}},"offset":1},{"event":{"drafted":{"_0":{"askBack":{"_0":""}}}},"offset":1},\
        {"event":{"decided":{"_0":{"handoff":{"_0":"explicit_request"}}}},"offset":1},\
        {"team":{"_0":"autopilot_off"}},"objections":["no_source"]},{"customerSequence":1,"id":"","session":"",\
        "startedAt":17,"steps":[{"event":{"question":{"_0":"","language":"en"}},"offset":0},\
        {"event":{"autopilot":{"_0":{"matched":{"score":0.,"topic":""},"verdict":{"ai":{}}}}},"offset":2},\
        {"event":{"signals":{"_0":[{"evidence":"","strength":0.,"trigger":"frustration"}]}},"offset":4},\
        {"event":{"scenarios":{"behavioral":[],"matched":[{"name":"","score":0.}]}},"offset":6},\
        {"event":{"retrieved":{"_0":[{"article":"/","coverage":0.,"ordinal":0,"score":1,"title":""},\
        {"article":"/","coverage":0.,"ordinal":1,"score":1,"title":""}],"unknownShare":0.}},"offset":8},\
        {"event":{"actionsConsidered":{"_0":[{"name":"","score":0.}]}},"offset":10},\
        {"event":{"drafted":{"_0":{"answer":{"_0":{"basis":"knowledge","confidence":0.,"resolves":false,\
        "sources":[{"article":"/","ordinal":0}],"text":""}}}}},"offset":12},\
        {"event":{"judged":{"_0":{"confidence":0.,"objections":[],"threshold":0.5}}},"offset":14},\
        {"event":{"decided":{"_0":{"reply":{}}}},"offset":16}]}
        """
}
