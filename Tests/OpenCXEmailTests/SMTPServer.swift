import OpenCXCore

/// A mail server on the loopback that behaves as it is told, and keeps the mails that it has taken.
final class SMTPServer: Sendable {
    /// What it does with the next mails.
    enum Mood: Hashable, Sendable {
        case taking
        /// Says this at a command, or at the mail's end (`.`).
        case saying(String, at: String)
        /// Takes the call and says nothing from this command on.
        case silent(at: String)
        /// Takes the mail, and does not say so.
        case takingInSilence
    }

    fileprivate struct State: Sendable {
        var mood = Mood.taking
        var isInData = false
        var text: [String] = []
        var mails: [String] = []
    }

    private let state: Locked<State>
    private let server: ScriptedServer
    /// Each command, as it comes.
    let commands: AsyncStream<String>

    init(_ mood: Mood = .taking) throws {
        let state = Locked(State(mood: mood))
        let (commands, heard) = AsyncStream.makeStream(of: String.self)
        self.state = state
        self.commands = commands
        server = try ScriptedServer(greeting: "220 mx.example ESMTP") { line in
            let (answer, command) = state.withLock { $0.answer(line) }
            if let command { heard.yield(command) }
            return answer
        }
    }

    var port: Int { server.port }
    var mails: [String] { state.withLock { $0.mails } }

    /// Says a line to whoever is connected.
    func say(_ line: String) { server.say(line) }

    func become(_ mood: Mood) { state.withLock { $0.mood = mood } }
}

extension SMTPServer.State {
    /// The lines to say, and the command that it was.
    mutating func answer(_ line: String) -> ([String], String?) {
        // Another connection may have broken in the middle of a mail.
        if isInData, line != ".", !line.hasPrefix("EHLO ") {
            text.append(line)
            return ([], nil)
        }
        let command = line.split(whereSeparator: { " :".contains($0) }).first.map { $0.uppercased() } ?? ""
        defer { if !isInData { text = [] } }
        isInData = false
        switch mood {
        case .saying(let words, command): return ([words], command)
        case .silent(command): return ([], command)
        default: break
        }
        switch command {
        case "EHLO": return (["250 mx.example"], command)
        case "DATA":
            isInData = true
            return (["354 go on"], command)
        case ".":
            mails.append(text.joined(separator: "\n"))
            return (mood == .takingInSilence ? [] : ["250 2.0.0 queued"], command)
        case "QUIT": return (["221 bye"], command)
        default: return (["250 2.1.0 ok"], command)
        }
    }
}
