/// A language model that says again what a trace says it said, and is at a loss for everything else.
final class RecordedModel: LanguageModel {
    /// Something the model was asked.
    struct Question: Sendable {
        var prompt: Prompt
        /// Whether the trace knows what came of it.
        var isRecorded: Bool
    }

    private enum Record {
        case reply(ModelReply)
        case failure(String)
    }

    let name: String
    private let records: [String: Record]
    private let asked = Locked<[Question]>([])

    /// - Parameter name: the name of the model that the replay is for; what another one said does not count.
    init(name: String, _ trace: Trace) {
        self.name = name
        var records: [String: Record] = [:]
        var digest: String?
        for step in trace.steps {
            switch step.event {
            case .asked(let model, let prompt): digest = model == name ? prompt : nil
            case .modelAnswered(let use):
                if let digest, let record = use.record { records[digest] = .reply(record.reply(use)) }
                digest = nil
            case .failed(stage: "model", let reason), .failed(stage: "summary", let reason):
                if let digest { records[digest] = .failure(reason) }
                digest = nil
            default: continue
            }
        }
        self.records = records
    }

    /// What it was asked, in order.
    var questions: [Question] { asked.withLock { $0 } }

    /// - Throws: `CancellationError` when the trace holds no answer, for whoever asks passes that on and makes up no other one.
    func complete(_ prompt: Prompt) async throws -> ModelReply {
        let record = records[prompt.digest]
        asked.withLock { $0.append(Question(prompt: prompt, isRecorded: record != nil)) }
        switch record {
        case .reply(let reply): return reply
        case .failure(let reason): throw ModelError(.badRequest, reason)
        case nil: throw CancellationError()
        }
    }
}
