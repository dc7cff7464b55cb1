/// Takes up one kind of work as it becomes due, a bounded number of things at once, until the task is cancelled.
struct WorkLoop<Work: Sendable>: Sendable {
    var queue: WorkQueue<Work>
    /// How often to look for what another process on the same store has left.
    var pollInterval: Duration
    var clock: any AgentClock
    /// Takes up to this many things up.
    var claim: @Sendable (Int) async throws -> [Work]
    /// When the next thing is due.
    var nextDue: @Sendable () async throws -> Timestamp?
    var perform: @Sendable (Work) async -> Void
    /// Gives back what was handed over and not begun.
    var giveBack: @Sendable (Work) async -> Void
    /// Told when the store is in trouble. It may recover, and until then nothing is acknowledged that is not stored.
    var failed: @Sendable (any Error) -> Void

    func run() async {
        let alarms = Locked<[Timestamp]>([])
        queue.open()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let (handed, claimable) = queue.take()
                for work in handed { begin(work, in: &group) }
                if claimable > 0 {
                    let next = await claimFromStore(claimable, in: &group)
                    if let next { look(at: next, alarms, in: &group) } else { continue }
                }
                await queue.wait()
            }
        }
        for work in queue.close() { await giveBack(work) }
    }

    /// Takes up what the store holds.
    ///
    /// - Returns: when to look again; `nil` for at once.
    private func claimFromStore(_ count: Int, in group: inout DiscardingTaskGroup) async -> Timestamp? {
        var free = count
        do {
            // Also when asking for the next one fails, what is not taken up here is free again.
            defer { queue.end(free) }
            let taken = try await claim(count)
            free -= taken.count
            for work in taken { begin(work, in: &group) }
            guard free > 0 else {
                queue.lookLater()
                return nil
            }
            let poll = clock.now() + pollInterval
            return min(try await nextDue() ?? poll, poll)
        } catch {
            queue.lookLater()
            failed(error)
            return clock.now() + .seconds(1)
        }
    }

    private func begin(_ work: Work, in group: inout DiscardingTaskGroup) {
        let (perform, queue) = (perform, queue)
        group.addTask {
            await perform(work)
            queue.end()
        }
    }

    /// Has the loop look again at a time, if it does not do so before anyway.
    private func look(at time: Timestamp, _ alarms: Locked<[Timestamp]>, in group: inout DiscardingTaskGroup) {
        let isNew = alarms.withLock { alarms in
            if alarms.contains(where: { $0 <= time }) { return false }
            alarms.append(time)
            return true
        }
        guard isNew else { return }
        let (clock, queue) = (clock, queue)
        group.addTask {
            try? await clock.sleep(until: time)
            alarms.withLock { $0.removeAll { $0 == time } }
            queue.look()
        }
    }
}
