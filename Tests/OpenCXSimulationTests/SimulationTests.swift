import OpenCXTesting
import Testing

/// `make simulate` runs more seeds, in a release build.
struct SimulationTests {
    @Test(arguments: 1...4) func `every law holds, whatever goes wrong`(part: UInt64) {
        for seed in (part * 1000)..<(part * 1000 + 20) {
            let violation = Simulation(seed: seed).run().violation
            #expect(violation == nil, "make simulate SEED=\(seed)")
        }
    }

    /// What these have found: a helpdesk was told of a customer who was erased while the handoff was being packed.
    @Test(arguments: [101_741] as [UInt64]) func `seeds that found something find it no more`(seed: UInt64) {
        #expect(Simulation(seed: seed).run().violation == nil, "make simulate SEED=\(seed)")
    }

    @Test func `the same seed gives the same run`() {
        for seed: UInt64 in 1...5 {
            let runs = [true, true, false].map { Simulation(seed: seed, keepsLog: $0).run() }
            #expect(Set(runs.map(\.digest)).count == 1, "seed \(seed)")
            let isSame = runs[0].log == runs[1].log
            #expect(isSame, "seed \(seed)")
        }
    }

    @Test func `a simulation has something in it`() {
        let runs = (1...10).map { Simulation(seed: $0).run() }
        #expect(runs.reduce(0) { $0 + $1.messages } > 50)
        #expect(runs.reduce(0) { $0 + $1.crashes } > 5)
        #expect(Set(runs.map(\.digest)).count == runs.count)
    }
}
