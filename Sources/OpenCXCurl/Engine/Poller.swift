internal import CCurl
internal import Glibc

/// Waits until a socket is ready; curl says which ones matter.
///
/// A kept connection goes in and out of curl's interest with every request. It stays registered meanwhile, which saves two
/// system calls a request.
final class Poller {
    private struct Watch {
        /// What curl wants to know.
        var wanted: UInt32 = 0
        /// What the system has been asked for.
        var registered: UInt32 = 0
        /// Whether it is a connection's, whose end is reported by `closed`; curl closes others on its own.
        var isConnection = false
    }

    private let epoll: Int32
    private var watches: [Int: Watch] = [:]
    private let capacity = 128
    private let events: UnsafeMutablePointer<epoll_event>
    private let wakeup: Int32

    /// Fails when the system has no descriptors left.
    init?(wakeup: Int32) {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { return nil }
        self.wakeup = wakeup
        events = .allocate(capacity: capacity)
        // Edge-triggered: every write to it is one event, and nobody has to read it empty.
        _ = opencx_epoll_control(
            epoll, EPOLL_CTL_ADD, wakeup, EPOLLIN.rawValue | UInt32(bitPattern: Int32(bitPattern: EPOLLET.rawValue)))
    }

    deinit {
        events.deallocate()
        close(epoll)
    }

    /// A connection's socket has been made.
    func opened(_ socket: Int32) {
        watches[Int(socket)] = Watch(isConnection: true)
    }

    /// A connection's socket is closed.
    func closed(_ socket: Int32) {
        watches[Int(socket)] = nil
    }

    /// Curl wants to hear of these events, and of no others.
    func watch(_ socket: Int32, reading: Bool, writing: Bool) {
        let wanted = (reading ? EPOLLIN.rawValue : 0) | (writing ? EPOLLOUT.rawValue : 0)
        var watch = watches[Int(socket)] ?? Watch()
        watch.wanted = wanted
        let isKept = watch.isConnection && wanted & ~watch.registered == 0 && watch.registered & EPOLLOUT.rawValue == 0
        if wanted != watch.registered && !isKept { register(socket, wanted, &watch) }
        watches[Int(socket)] = wanted == 0 && !watch.isConnection ? nil : watch
    }

    /// Waits, and reports what is ready.
    ///
    /// - Parameter milliseconds: how long; negative for ever.
    func wait(_ milliseconds: Int32, _ report: (_ socket: Int32, _ reading: Bool, _ writing: Bool) -> Void) {
        let count = epoll_wait(epoll, events, Int32(capacity), milliseconds)
        guard count > 0 else { return }
        for place in 0..<Int(count) {
            let socket = events[place].data.fd
            guard socket != wakeup, var watch = watches[Int(socket)] else { continue }
            let happened = events[place].events
            let failed = happened & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
            guard watch.wanted != 0 else {
                // Something on a connection that is at rest, such as its end: of no interest until it is used again.
                register(socket, 0, &watch)
                watches[Int(socket)] = watch
                continue
            }
            // Curl learns what failed by doing what it waited for.
            let ready = failed ? watch.wanted : happened
            report(socket, ready & EPOLLIN.rawValue != 0, ready & EPOLLOUT.rawValue != 0)
        }
    }

    private func register(_ socket: Int32, _ events: UInt32, _ watch: inout Watch) {
        let operation = watch.registered == 0 ? EPOLL_CTL_ADD : events == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD
        if opencx_epoll_control(epoll, operation, socket, events) != 0, operation == EPOLL_CTL_MOD {
            _ = opencx_epoll_control(epoll, EPOLL_CTL_ADD, socket, events)
        }
        watch.registered = events
    }
}
