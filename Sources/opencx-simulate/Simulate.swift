internal import OpenCXTesting

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// `opencx-simulate [--seeds N] [--from N] [--seed N]`: runs whole agents in the simulator, one for each seed.
///
/// Exits with 1 at the first seed that breaks a law, after printing what led to it and how to run it again.
@main
struct Simulate {
    var from: UInt64 = 1
    var count: UInt64 = 1000
    var one: UInt64?

    static func main() {
        guard let command = Simulate(CommandLine.arguments.dropFirst()) else {
            print("usage: opencx-simulate [--seeds N] [--from N] [--seed N]")
            exit(64)
        }
        exit(command.one.map(command.replay) ?? command.runAll())
    }

    private init?(_ arguments: ArraySlice<String>) {
        var rest = arguments
        while let name = rest.popFirst() {
            guard let text = rest.popFirst(), let number = UInt64(text) else { return nil }
            switch name {
            case "--seeds": count = number
            case "--from": from = number
            case "--seed": one = number
            default: return nil
            }
        }
    }

    private func runAll() -> Int32 {
        let started = now()
        var (jobs, messages, crashes) = (0, 0, 0)
        for seed in from..<(from + count) {
            let result = Simulation(seed: seed).run()
            if let violation = result.violation {
                print(
                    "seed \(seed): \(violation)  (\(seed - from + 1) seeds, \(rate(seed - from + 1, since: started)))")
                print("  again: make simulate SEED=\(seed)")
                print("  what happened last:")
                print(Simulation(seed: seed, keepsLog: true).run().log.suffix(40).joined(separator: "\n"))
                return 1
            }
            jobs += result.jobs
            messages += result.messages
            crashes += result.crashes
        }
        print(
            "\(count) seeds from \(from) hold: \(rate(count, since: started)); \(messages) messages, \(crashes) crashes, \(jobs) jobs"
        )
        return 0
    }

    private func replay(_ seed: UInt64) -> Int32 {
        let result = Simulation(seed: seed, keepsLog: true).run()
        print(result.log.joined(separator: "\n"))
        print("seed \(seed): \(result.violation ?? "everything holds"); digest \(result.digest), \(result.jobs) jobs")
        return result.violation == nil ? 0 : 1
    }

    private func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private func rate(_ seeds: UInt64, since started: Double) -> String {
        "\(Int(Double(seeds) / max(0.001, now() - started))) seeds/s"
    }
}
