internal import CCurl
internal import OpenCXCore

/// The life of the engine's thread: takes commands, lets curl work where something happened, hands over what came.
///
/// Everything of curl's stays on this thread. Whoever waits is woken at the end of a round, so that a small response,
/// whose head and body come together, wakes its task once.
final class EngineLoop {
    private let engine: Engine
    let poller: Poller
    private let multi: UnsafeMutableRawPointer
    private var active: [EasyHandle] = []
    private var spare: [EasyHandle] = []
    /// Transfers that got something in this round.
    private var touched: [Transfer] = []
    /// When curl wants to be called although nothing happens.
    private var curlDeadline = Int64.max
    /// Not later than the first deadline of an active request.
    private var nextDeadline = Int64.max

    /// How many easy handles are kept for the next request.
    private static let spareLimit = 64
    /// How many idle connections are kept.
    private static let keptConnections = 256

    /// Fails when the system has no descriptors or no memory left.
    init?(_ engine: Engine) {
        curlGlobals
        guard let poller = Poller(wakeup: engine.wakeup), let multi = curl_multi_init() else { return nil }
        self.engine = engine
        self.poller = poller
        self.multi = multi
        let context = Unmanaged.passUnretained(self).toOpaque()
        opencx_curl_multi_set_callbacks(multi, context, socketChanged, timerChanged)
        _ = opencx_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.keptConnections)
        _ = opencx_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, engine.configuration.connectionsPerHost)
    }

    func run() {
        while true {
            let (commands, isStopping) = engine.take()
            for command in commands { perform(command) }
            if isStopping { break }
            let now = MonotonicTime.now
            if curlDeadline <= now { act(on: CURL_SOCKET_TIMEOUT, 0) }
            if nextDeadline <= now { endLate(now) }
            collectDone()
            wakeTouched()
            let timeout = milliseconds(until: min(curlDeadline, nextDeadline))
            poller.wait(engine.fallAsleep() ? timeout : 0) { socket, reading, writing in
                act(on: socket, (reading ? CURL_CSELECT_IN : 0) | (writing ? CURL_CSELECT_OUT : 0))
            }
            collectDone()
            wakeTouched()
        }
        shutDown()
    }

    private func perform(_ command: Engine.Command) {
        switch command {
        case .start(let transfer): start(transfer)
        case .resume(let transfer):
            guard let easy = easy(of: transfer) else { return }
            touched.append(transfer)
            curl_easy_pause(easy.pointer, CURLPAUSE_CONT)
        case .cancel(let transfer):
            guard let easy = easy(of: transfer) else { return }
            remove(easy)
        }
    }

    private func start(_ transfer: Transfer) {
        guard let easy = spare.popLast() ?? EasyHandle(loop: self, engine.configuration) else {
            return end(transfer, .failure(HTTPClientError(.unreachable, "The HTTP library cannot start.")))
        }
        if let error = easy.prepare(transfer) {
            easy.clear()
            spare.append(easy)
            return end(transfer, .failure(error))
        }
        easy.place = active.count
        active.append(easy)
        nextDeadline = min(nextDeadline, easy.deadline)
        guard curl_multi_add_handle(multi, easy.pointer) == CURLM_OK else {
            remove(easy)
            return end(transfer, .failure(HTTPClientError(.unreachable, "The HTTP library takes no more requests.")))
        }
    }

    private func easy(of transfer: Transfer) -> EasyHandle? {
        active.first { $0.transfer === transfer }
    }

    /// Ends requests whose time is up.
    private func endLate(_ now: Int64) {
        nextDeadline = .max
        for easy in Array(active) {
            if easy.deadline <= now, let transfer = easy.transfer {
                let error = easy.timeoutError()
                remove(easy)
                end(transfer, .failure(error))
            } else {
                nextDeadline = min(nextDeadline, easy.deadline)
            }
        }
    }

    private func collectDone() {
        guard !active.isEmpty else { return }
        var result = CURLE_OK
        while let pointer = opencx_curl_next_done(multi, &result) {
            guard let context = opencx_curl_context(pointer) else { continue }
            let easy = Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue()
            guard let transfer = easy.transfer else { continue }
            let outcome = easy.outcome(result)
            remove(easy)
            end(transfer, outcome)
        }
    }

    private func end(_ transfer: Transfer, _ outcome: Result<Void, HTTPClientError>) {
        transfer.finish(outcome)
        touched.append(transfer)
    }

    /// Takes a request out of curl's hands; one that is not done has its connection or its stream closed.
    private func remove(_ easy: EasyHandle) {
        curl_multi_remove_handle(multi, easy.pointer)
        let last = active.removeLast()
        if last !== easy {
            active[easy.place] = last
            last.place = easy.place
        }
        easy.clear()
        if spare.count < Self.spareLimit { spare.append(easy) }
    }

    private func wakeTouched() {
        guard !touched.isEmpty else { return }
        let transfers = touched
        touched.removeAll(keepingCapacity: true)
        for transfer in transfers { transfer.wake() }
    }

    private func shutDown() {
        for easy in Array(active) {
            guard let transfer = easy.transfer else { continue }
            let error = easy.closedError()
            remove(easy)
            end(transfer, .failure(error))
        }
        wakeTouched()
        spare = []
        // Closes the kept connections; `poller` still hears of it.
        curl_multi_cleanup(multi)
    }

    // MARK: What curl reports

    private func act(on socket: Int32, _ events: Int32) {
        if socket == CURL_SOCKET_TIMEOUT { curlDeadline = .max }
        var running: Int32 = 0
        curl_multi_socket_action(multi, socket, events, &running)
    }

    func setTimer(_ milliseconds: Int) {
        curlDeadline = milliseconds < 0 ? .max : MonotonicTime.now + Int64(milliseconds)
    }

    func touch(_ transfer: Transfer) {
        if touched.last !== transfer { touched.append(transfer) }
    }

    private func milliseconds(until deadline: Int64) -> Int32 {
        guard deadline < .max else { return -1 }
        return Int32(clamping: max(0, deadline - MonotonicTime.now))
    }
}

/// Prepares the library, once in a process.
private let curlGlobals: Void = {
    curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}()

/// Curl wants to know of other events of a socket than before.
private func socketChanged(
    easy: UnsafeMutableRawPointer?, socket: Int32, what: Int32, context: UnsafeMutableRawPointer?,
    socketContext: UnsafeMutableRawPointer?
) -> Int32 {
    guard let context else { return 0 }
    let loop = Unmanaged<EngineLoop>.fromOpaque(context).takeUnretainedValue()
    loop.poller.watch(
        socket, reading: what == CURL_POLL_IN || what == CURL_POLL_INOUT,
        writing: what == CURL_POLL_OUT || what == CURL_POLL_INOUT)
    return 0
}

/// Curl wants to be called after some time.
private func timerChanged(
    multi: UnsafeMutableRawPointer?, milliseconds: Int, context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let context else { return 0 }
    Unmanaged<EngineLoop>.fromOpaque(context).takeUnretainedValue().setTimer(milliseconds)
    return 0
}
