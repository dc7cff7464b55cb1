import OpenCXTesting
import Testing

struct SimulationTests {
    @Test(arguments: 1...4) func `every law holds, whatever goes wrong`(part: UInt64) {
        for seed in (part * 1000)..<(part * 1000 + 50) {
            let violation = Simulation(seed: seed).run().violation
            #expect(violation == nil, "make simulate SEED=\(seed)")
        }
    }

    @Test func `the same seed gives the same run`() {
        for seed: UInt64 in 1...25 {
            let digests = [true, true, false].map { Simulation(seed: seed, keepsLog: $0).run().digest }
            #expect(Set(digests).count == 1, "seed \(seed)")
        }
    }
}
