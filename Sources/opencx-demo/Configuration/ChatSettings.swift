internal import OpenCXCore

/// What the configuration says about the chat on web pages.
struct ChatSettings: Sendable, Hashable {
    /// Other sites whose pages may show it.
    var origins: [String] = []
    /// The folder of files that visitors attach; without it none are taken.
    var files: String?
    /// For how many days they are kept.
    var fileDays = 90

    init() {}

    init(_ reader: ConfigurationReader) throws {
        origins = try reader.strings("origins") ?? origins
        for origin in origins where origin != "*" {
            let rest = origin.hasPrefix("https://") ? origin.dropFirst(8) : origin.dropFirst(7)
            guard origin.hasPrefix("https://") || origin.hasPrefix("http://"), !rest.isEmpty,
                !rest.contains(where: { "/?#@ *".contains($0) })
            else {
                throw reader.problem("origins", "must list origins such as \"https://shop.example\", or \"*\"")
            }
        }
        files = try reader.path("files")
        fileDays = try reader.integer("file_days", in: 1...3650) ?? fileDays
        try reader.finish()
    }
}
