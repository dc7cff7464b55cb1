internal import FoundationEssentials
internal import OpenCXCore

extension House {
    /// Who answers, out of what.
    func subject() async throws -> Calibration.Subject {
        let answerer = configuration.model.map { "\($0.provider.rawValue) \($0.name)" } ?? "embedded"
        return Calibration.Subject(answerer: answerer, knowledge: try await store.fingerprint())
    }

    /// Takes over the threshold that keeps an error budget, if it was measured for this answerer and these articles. If not, says
    /// so, and the configuration's own threshold stands: no budget is claimed.
    mutating func claim(_ wanted: BudgetSettings, _ terminal: Terminal) async throws {
        let calibration = try Self.calibration(wanted.calibration)
        if let refusal = calibration.refusal(of: wanted.budget, for: try await subject()) {
            let threshold = fixed(configuration.settings.handoff.confidenceThreshold)
            terminal.complain(
                "no error budget is claimed, and the confidence threshold stays at \(threshold): \(refusal)".forTerminal
            )
            return
        }
        configuration.settings.handoff.confidenceThreshold = calibration.point.threshold
        configuration.settings.handoff.topicThresholds = calibration.topics.mapValues(\.threshold)
        agent = Agent(agent.parts, settings: configuration.settings)
    }

    private static func calibration(_ path: String) throws -> Calibration {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(
                "\(path): the calibration cannot be read. Make it with \"opencx-demo calibrate\", or take \"budget\" out."
            )
        }
        do {
            return try JSONDecoder().decode(Calibration.self, from: data)
        } catch {
            throw Failure("\(path): this is no calibration. Make it with \"opencx-demo calibrate\".")
        }
    }
}
