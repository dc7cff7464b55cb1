internal import FoundationEssentials
internal import OpenCXCore

/// The key that signs contact tokens, where the configuration names no variable for it: made once and kept beside the store, so that
/// tokens outlive a restart, for the user who runs this process alone (mode 0600).
enum WidgetKey {
    static let fileName = "widget.key"

    /// The key of a data folder; a new one for `none`, where nothing is kept.
    static func kept(in data: String) throws -> Secret {
        if data == "none" { return Secret(made()) }
        let path = data + "/" + fileName
        if !FileManager.default.fileExists(atPath: path) {
            // Whole before it has its name; of two processes that begin at the same time, the first one's counts for both.
            let draft = path + "." + UUID().uuidString
            let isMade = FileManager.default.createFile(
                atPath: draft, contents: Data(made().utf8), attributes: [.posixPermissions: 0o600])
            guard isMade else {
                throw Failure("The widget's key cannot be kept in the data folder. May you write there?")
            }
            try? FileManager.default.moveItem(atPath: draft, toPath: path)
            try? FileManager.default.removeItem(atPath: draft)
        }
        guard let bytes = FileManager.default.contents(atPath: path), let text = String(data: bytes, encoding: .utf8)
        else { throw Failure("The widget's key in the data folder cannot be read. May you read \(fileName)?") }
        return Secret(text)
    }

    private static func made() -> String {
        Data((0..<48).map { _ in UInt8.random(in: .min ... .max) }).base64EncodedString()
    }
}
