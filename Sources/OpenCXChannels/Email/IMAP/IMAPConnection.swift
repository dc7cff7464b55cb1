internal import CCurl
internal import Glibc
internal import OpenCXCore

/// A connection to a mailbox. libcurl connects, protects it and logs in; commands and answers are ours.
actor IMAPConnection {
    private let server: MailServer
    private let queue = MailQueue("opencx.imap")
    private var handle: MailHandle?
    private var reader: IMAPReader
    private var waiting: [IMAPResponse] = []
    private var count = 0
    private(set) var capabilities: Set<String> = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    init(server: MailServer, messageLimit: Int) {
        self.server = server
        reader = IMAPReader(literalLimit: messageLimit)
    }

    /// Connects and logs in.
    func open() async throws {
        var token: Secret?
        if case .token(_, let ask) = server.login { token = try await ask() }
        guard let handle = MailHandle(server, scheme: "imap") else {
            throw ChannelError(.unavailable, "There is no memory for a connection.")
        }
        handle.logIn(server.login, token: token)
        let result = handle.connect()
        if result == CURLE_ABORTED_BY_CALLBACK { throw CancellationError() }
        guard result == CURLE_OK else { throw SMTPFailure.error(result, code: 0) }
        self.handle = handle
        for response in try run("CAPABILITY") where response.untagged?.name == "CAPABILITY" {
            capabilities = Set(response.words.dropFirst(2).map { $0.uppercased() })
        }
    }

    /// Sends a command and returns what the server says until it is done.
    ///
    /// - Throws: ``/OpenCXCore/ChannelError`` where the server refuses, or is gone.
    func run(_ command: String) throws -> [IMAPResponse] {
        let tag = nextTag()
        try write("\(tag) \(command)\r\n")
        return try responses(endingWith: tag, command)
    }

    /// Waits until the mailbox changes, at most for a time. Returns whether it did.
    func idle(_ limit: Duration) throws -> Bool {
        let tag = nextTag()
        try write("\(tag) IDLE\r\n")
        let end = ContinuousClock.now + limit
        var hasNews = false
        while ContinuousClock.now < end, !hasNews, !Task.isCancelled {
            if let response = try next(within: .milliseconds(500)) {
                hasNews = ["EXISTS", "RECENT"].contains(response.untagged?.name)
                if response.text.hasPrefix(tag) {
                    // Who will not tell after all is not asked again and again.
                    if !response.text.hasPrefix(tag + " OK") { capabilities.remove("IDLE") }
                    return true
                }
            }
        }
        try write("DONE\r\n")
        return try responses(endingWith: tag, "IDLE").contains { $0.untagged?.name == "EXISTS" } || hasNews
    }

    /// Says goodbye, if anybody listens.
    func close() {
        if handle != nil { _ = try? write("\(nextTag()) LOGOUT\r\n") }
        handle = nil
    }

    private func nextTag() -> String {
        count += 1
        return "X\(count)"
    }

    private func responses(endingWith tag: String, _ command: String) throws -> [IMAPResponse] {
        var all: [IMAPResponse] = []
        let end = ContinuousClock.now + server.timeout
        while ContinuousClock.now < end {
            try Task.checkCancellation()
            guard let response = try next(within: .milliseconds(500)) else { continue }
            let words = response.words
            if words.first == tag[...] {
                guard words.count > 1, words[1].uppercased() == "OK" else {
                    let name = command.split(separator: " ").prefix(2).joined(separator: " ")
                    throw ChannelError(.rejected, "The mailbox's server refuses the command \(name).")
                }
                all.append(response)
                return all
            }
            if response.untagged?.name == "BYE" { throw Self.ended }
            all.append(response)
        }
        throw ChannelError(.unavailable, "The mailbox's server did not answer in time.")
    }

    private static let ended = ChannelError(.unavailable, "The connection to the mailbox's server ended.")

    private func write(_ text: String) throws {
        guard let handle else { throw Self.ended }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            var sent = 0
            let result = bytes.withUnsafeBytes { curl_easy_send(handle.pointer, $0.baseAddress, $0.count, &sent) }
            bytes = bytes.dropFirst(sent)
            if result == CURLE_AGAIN {
                guard wait(for: Int16(POLLOUT), handle, milliseconds: 30_000) else { throw Self.ended }
            } else if result != CURLE_OK {
                self.handle = nil
                throw Self.ended
            }
        }
    }

    /// The next response, if one comes in time.
    private func next(within limit: Duration) throws -> IMAPResponse? {
        if !waiting.isEmpty { return waiting.removeFirst() }
        guard let handle else { throw Self.ended }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var hasWaited = false
        while true {
            var received = 0
            let result = buffer.withUnsafeMutableBytes {
                curl_easy_recv(handle.pointer, $0.baseAddress, $0.count, &received)
            }
            switch result {
            case CURLE_OK where received > 0:
                do { waiting += try reader.take(buffer[..<received]) } catch {
                    self.handle = nil
                    throw ChannelError(.unavailable, "The mailbox's server sends more than is taken.")
                }
                if !waiting.isEmpty { return waiting.removeFirst() }
            case CURLE_AGAIN:
                if hasWaited { return nil }
                hasWaited = !wait(for: Int16(POLLIN), handle, milliseconds: Int32(limit.inMilliseconds))
            default:
                self.handle = nil
                throw Self.ended
            }
        }
    }

    private func wait(for events: Int16, _ handle: MailHandle, milliseconds: Int32) -> Bool {
        let socket = opencx_curl_socket(handle.pointer)
        guard socket >= 0 else { return false }
        var descriptor = pollfd(fd: socket, events: events, revents: 0)
        return poll(&descriptor, 1, milliseconds) > 0
    }
}
