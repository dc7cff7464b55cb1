internal import OpenCXCore

extension StoreScene {
    /// Expects that the store refuses something.
    fileprivate func expectRefusal(_ what: String, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as StoreError where error.code == .refused {
            return
        }
        throw violation("\(what) was taken")
    }
}

extension StoreContract {
    /// Ratings where the question is a message, and so is the answer.
    static let surveyChecks: [Check] = [
        Check("a question for a rating that is a message is sent once, whoever ends the session how often") { scene in
            try await scene.answeredSession()
            let survey = scene.reply("How was it?", id: "survey", at: 0)
            let close = TeamCommand.close(
                .closedResolved, by: .person("Ana"), ratingAt: scene.time(5), survey: survey)
            try await scene.perform(close, at: 5)
            var asked = survey
            asked.at = scene.time(5)
            try scene.expect(try await scene.session().survey, is: asked, "the question")
            try scene.expect(
                try await scene.history().suffix(2).map(\.event), is: [.ratingRequested, .message(asked)], "the end")
            try await scene.perform(.close(.open, by: .customer), at: 6)
            try await scene.perform(close, at: 7)
            let sent = try await scene.store.outbox(.pending, limit: 99).compactMap { entry -> MessageID? in
                if case .message(let message) = entry.payload { message.id } else { nil }
            }
            try scene.expect(sent, is: ["s1-r1", "survey"], "what is to be sent")
        },
        Check("a question for a rating that is to be a message waits for its time") { scene in
            try await scene.answeredSession()
            let survey = scene.reply("How was it?", id: "survey", at: 0)
            try await scene.perform(
                .close(.closedResolved, by: .ai, ratingAt: scene.time(60), survey: survey), at: 5)
            try scene.expect(try await scene.history().last?.message, is: nil, "what was said last")
            let expired = try await scene.store.expireSessions(limit: 9, at: scene.time(60), telling: [])
            try scene.expect(expired.map(\.id), is: ["s1"], "whose time has come")
            try scene.expect(try await scene.history().last?.message?.id, is: "survey", "what was said last")
        },
        Check("an answer to such a question counts once, and only while it is waited for") { scene in
            try await scene.answeredSession()
            func answer(_ score: Int, _ id: String, at seconds: Int) async throws -> ToldEventOutcome? {
                try await scene.store.apply(
                    .rate(CustomerRating(score: score, at: scene.time(seconds)), askedSince: scene.time(seconds - 60)),
                    to: "s1", at: scene.time(seconds), once: ToldEventKey(source: .channel("web"), id: id),
                    telling: [])
            }
            try await scene.expectRefusal("an answer before the question") { _ = try await answer(5, "a", at: 1) }
            let survey = scene.reply("How was it?", id: "survey", at: 0)
            try await scene.perform(
                .close(.closedResolved, by: .ai, ratingAt: scene.time(5), survey: survey), at: 5)
            try await scene.expectRefusal("an answer that comes too late") { _ = try await answer(5, "b", at: 66) }
            let outcome = try await answer(4, "c", at: 10)
            try scene.expect(outcome?.isRepeat, is: false, "whether the first answer was a repetition")
            try scene.expect(outcome?.session.rating?.score, is: 4, "the score")
            try scene.expect(try await answer(4, "c", at: 11)?.isRepeat, is: true, "whether it was the second time")
            try await scene.expectRefusal("a second answer") { _ = try await answer(1, "d", at: 12) }
            try scene.expect(try await scene.session().status, is: .closedResolved, "the session's state")
        },
    ]
}
