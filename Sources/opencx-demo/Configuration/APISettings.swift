internal import OpenCXCore

/// How the REST API treats programs.
struct APISettings: Sendable {
    var requestsPerMinute = 100
    var replyWait = Duration.seconds(25)

    init() {}

    init(_ reader: ConfigurationReader) throws {
        requestsPerMinute = try reader.integer("requests_per_minute", in: 1...1_000_000) ?? requestsPerMinute
        if let seconds = try reader.number("reply_wait", in: 0...60) {
            replyWait = .milliseconds(Int64(seconds * 1000))
        }
        try reader.finish()
    }
}
