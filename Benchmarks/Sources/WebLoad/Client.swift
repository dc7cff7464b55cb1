import CEpoll
import Glibc

/// One kept connection and the request on it.
struct Client {
    enum Role { case poller, writer }

    var role: Role
    var socket: Int32
    var thread: String
    /// When the request on its way was due; `nil` when there is none.
    var asked: Double?
    /// The last entry that the page has seen.
    var seen = 0
    var received: [UInt8] = []

    static func connect(to port: UInt16) -> Int32? {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return nil }
        var yes: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(socket)
            return nil
        }
        return socket
    }

    /// Sends a request; short enough for the system's buffer.
    mutating func send(_ text: String, due: Double) -> Bool {
        asked = due
        received.removeAll(keepingCapacity: true)
        let bytes = Array(text.utf8)
        return Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// The response's status and body, once all of it is here.
    func response() -> (status: Int, body: ArraySlice<UInt8>)? {
        guard let end = received.firstRange(of: [13, 10, 13, 10]) else { return nil }
        let head = String(decoding: received[..<end.lowerBound], as: UTF8.self).lowercased()
        guard let mark = head.firstRange(of: "content-length: "), let length = number(head[mark.upperBound...]),
            received.count >= 12
        else {
            return (0, [])
        }
        guard received.count - end.upperBound >= length else { return nil }
        return (number(head.dropFirst(9)) ?? 0, received[end.upperBound...].prefix(length))
    }

    private func number(_ text: Substring) -> Int? {
        Int(text.drop { !$0.isNumber }.prefix { $0.isNumber })
    }
}

func raiseFileLimit() {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// Seconds on a clock that is never set back.
func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
