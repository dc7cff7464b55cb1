/// Addresses that machines write from, and nobody reads what is answered to.
package enum MachineAddress {
    /// Whether an address is one.
    package static func matches(_ address: String) -> Bool {
        let key = address.lowercased()
        guard let at = key.lastIndex(of: "@") else { return false }
        let local = key[..<at].filter { $0.isLetter || $0.isNumber }
        // `bounces+ada=example.com`
        let firstWord = key.prefix(while: \.isLetter)
        let isTagged = "+-=_0123456789".contains(key[firstWord.endIndex])
        return names.contains(local) || (isTagged && ["bounce", "bounces"].contains(firstWord))
            || prefixes.contains { local.hasPrefix($0) }
    }

    private static let names: Set<String> = [
        "mailerdaemon", "postmaster", "noreply", "donotreply", "dontreply", "nepasrepondre", "noresponder",
        "nichtantworten", "keineantwort", "bounce", "bounces", "autoreply", "autoresponder", "listserv", "majordomo",
        "mailman", "nobody", "daemon", "mdaemon", "maildaemon", "noreplies", "noanswer",
    ]
    private static let prefixes = ["noreply", "donotreply", "mailerdaemon"]
}
