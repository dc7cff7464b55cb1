internal import Glibc
internal import OpenCXCore

/// A program that was just started, with our ends of its standard input and output.
struct SpawnedProgram {
    var id: pid_t
    var input: Int32
    var output: Int32

    /// What a program sees of this process's environment.
    private static let inherited = [
        "PATH", "HOME", "LANG", "LC_ALL", "LOGNAME", "SHELL", "TERM", "TMPDIR", "TZ", "USER",
    ]

    /// Starts a program, in a process group of its own, with its errors thrown away.
    init(_ command: MCPCommand) throws(LinkFailure) {
        let words = [command.program] + command.arguments
        let variables = Self.environment(command)
        guard !command.program.isEmpty, !(words + variables).contains(where: { $0.utf8.contains(0) }) else {
            throw .notSent("The program's name, an argument or a variable cannot be handed over.")
        }
        let input = try SocketPair()
        let output: SocketPair
        do {
            output = try SocketPair()
        } catch {
            input.close()
            throw error
        }
        var id: pid_t = 0
        let status = CStrings.with(words) { words in
            CStrings.with(variables) { variables in
                Self.spawn(&id, words, variables, input: input.theirs, output: output.theirs)
            }
        }
        Glibc.close(input.theirs)
        Glibc.close(output.theirs)
        guard status == 0 else {
            Glibc.close(input.ours)
            Glibc.close(output.ours)
            throw .notSent("The program cannot be started (\(String(cString: strerror(status)))); check its path.")
        }
        self.id = id
        self.input = input.ours
        self.output = output.ours
    }

    private static func environment(_ command: MCPCommand) -> [String] {
        var variables: [String: String] = [:]
        for name in inherited {
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        for (name, value) in command.environment { variables[name] = value.reveal() }
        return variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }

    private static func spawn(
        _ id: inout pid_t, _ words: [UnsafeMutablePointer<CChar>?], _ variables: [UnsafeMutablePointer<CChar>?],
        input: Int32, output: Int32
    ) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals as a program expects them, whatever this process does with its own.
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        posix_spawnattr_setflags(&attributes, Int16(flags))
        guard let program = words[0] else { return ENOMEM }
        return posix_spawnp(&id, program, &actions, &attributes, words, variables)
    }
}

/// Two ends of one line, neither of which another program inherits.
private struct SocketPair {
    let ours: Int32
    let theirs: Int32

    init() throws(LinkFailure) {
        var ends: [Int32] = [-1, -1]
        // Sockets rather than pipes: they are closed for other programs from the first moment on, and writing to one whose
        // reader is gone can do without a signal.
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw .notSent("The program cannot be started: there are too many open files.")
        }
        (ours, theirs) = (ends[0], ends[1])
        _ = fcntl(ours, F_SETFL, fcntl(ours, F_GETFL) | O_NONBLOCK)
    }

    func close() {
        Glibc.close(ours)
        Glibc.close(theirs)
    }
}

/// Lists of texts the way C has them.
private enum CStrings {
    static func with<Value>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value) -> Value {
        let pointers = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
