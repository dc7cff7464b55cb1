import CEpoll
import Glibc

/// The whole run, on one thread.
struct Load {
    private let port: UInt16
    private let pollers: Int
    private let rate: Int
    private let seconds: Int
    private let writers: Int
    private let server: Int
    private let epoll = epoll_create1(0)
    private var clients: [Int32: Client] = [:]
    /// Connections for messages that have none on their way.
    private var idle: [Int32] = []
    private var tally = Tally()
    /// Messages that were due and found no connection, with when.
    private var waiting: [Double] = []
    private var written = 0

    private static let questions = [
        "How do I return an item?", "How long does shipping take?", "Can I change my address?", "Do you repair zips?",
        "Where is my parcel?", "What is your warranty?",
    ]

    init(port: UInt16, pollers: Int, rate: Int, seconds: Int, writers: Int, server: Int) {
        (self.port, self.pollers, self.rate, self.seconds) = (port, pollers, rate, seconds)
        (self.writers, self.server) = (max(1, writers), server)
    }

    mutating func run() -> Bool {
        tally.memory(of: server, "before")
        for _ in 0..<64 { open(.writer, thread: "") }
        seed()
        tally.memory(of: server, "with \(pollers) conversations")
        for number in 0..<pollers {
            guard let socket = open(.poller, thread: Self.thread("idle", number)) else { return finish() }
            poll(socket)
        }
        turn(until: now() + 5)
        tally.memory(of: server, "with \(pollers) pages that wait")
        tally.begin(server)
        let (start, end) = (now(), now() + Double(seconds))
        var due = 0
        while now() < end {
            let target = Int((now() - start) * Double(rate))
            while due < target {
                due += 1
                write(due: start + Double(due) / Double(rate))
            }
            turn(until: min(end, start + Double(due + 1) / Double(rate)))
        }
        turn(until: now() + 5)
        tally.memory(of: server, "at the end")
        return finish()
    }

    private func finish() -> Bool {
        tally.report(
            of: server, seconds: seconds,
            unfinished: waiting.count + clients.values.count { $0.role == .writer && $0.asked != nil })
    }

    /// Every poller's conversation gets its first message, so that there is one to wait in.
    private mutating func seed() {
        var next = 0
        tally.isSeeding = true
        while next < pollers || clients.values.contains(where: { $0.asked != nil }) {
            while next < pollers, let socket = idle.popLast() {
                post("Thank you!", to: Self.thread("idle", next), from: socket, due: now())
                next += 1
            }
            turn(until: now() + 0.01)
        }
        turn(until: now() + 3)
        tally.isSeeding = false
    }

    private static func thread(_ kind: String, _ number: Int) -> String {
        let digits = String(number)
        return "load-\(getpid())-\(kind)-" + String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
    }

    @discardableResult
    private mutating func open(_ role: Client.Role, thread: String) -> Int32? {
        guard let socket = Client.connect(to: port) else {
            tally.fail("connect")
            return nil
        }
        clients[socket] = Client(role: role, socket: socket, thread: thread)
        _ = opencx_epoll_watch(epoll, EPOLL_CTL_ADD, socket, EPOLLIN.rawValue)
        if role == .writer { idle.append(socket) }
        return socket
    }

    private mutating func poll(_ socket: Int32) {
        guard var client = clients[socket] else { return }
        let request =
            "GET /v1/sessions/\(client.thread)/messages?after=\(client.seen)&wait=25 HTTP/1.1\r\nHost: localhost\r\n\r\n"
        if !client.send(request, due: now()) { tally.fail("send") }
        clients[socket] = client
    }

    private mutating func write(due: Double) {
        guard let socket = idle.popLast() else { return waiting.append(due) }
        written += 1
        post(
            Self.questions[written % Self.questions.count], to: Self.thread("busy", written % writers), from: socket,
            due: due)
    }

    private mutating func post(_ text: String, to thread: String, from socket: Int32, due: Double) {
        let body = #"{"text":"\#(text)","id":"\#(written)-\#(due)"}"#
        let request =
            "POST /v1/sessions/\(thread)/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        if clients[socket]?.send(request, due: due) != true { tally.fail("send") }
    }

    /// Takes what comes until then.
    private mutating func turn(until end: Double) {
        var events = [epoll_event](repeating: epoll_event(), count: 512)
        repeat {
            let left = max(0, Int32((end - now()) * 1000))
            let count = epoll_wait(epoll, &events, Int32(events.count), left)
            for place in 0..<max(0, Int(count)) { read(opencx_epoll_descriptor(&events[place])) }
            tally.look(at: server)
        } while now() < end
    }

    private mutating func read(_ socket: Int32) {
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count > 0, var client = clients.removeValue(forKey: socket) else {
            lose(socket)
            return
        }
        client.received += chunk[..<count]
        guard let (status, body) = client.response() else {
            clients[socket] = client
            return
        }
        let took = now() - (client.asked ?? now())
        client.asked = nil
        switch client.role {
        case .poller:
            tally.poll(status)
            client.seen = max(client.seen, last(in: body) ?? client.seen)
            clients[socket] = client
            poll(socket)
        case .writer:
            tally.message(status, took)
            clients[socket] = client
            idle.append(socket)
            if !waiting.isEmpty { write(due: waiting.removeFirst()) }
        }
    }

    /// A connection without a request on it may be closed by the server at any time.
    private mutating func lose(_ socket: Int32) {
        close(socket)
        let lost = clients.removeValue(forKey: socket)
        if lost?.asked != nil { tally.fail("connection lost") }
        idle.removeAll { $0 == socket }
        if let lost, let again = open(lost.role, thread: lost.thread), lost.role == .poller { poll(again) }
    }

    private func last(in body: ArraySlice<UInt8>) -> Int? {
        guard let mark = body.firstRange(of: Array("\"last\":".utf8)) else { return nil }
        return Int(String(decoding: body[mark.upperBound...].prefix { (48...57).contains($0) }, as: UTF8.self))
    }
}
