internal import OpenCXCore

extension StoreContract {
    /// What people and programs put into texts: NUL, quotes, emoji with joiners, right-to-left, combining marks, markers.
    private static let odd =
        "a\u{0}b 'quoted' \"twice\" \\ %s ? ; -- 👩‍👩‍👧‍👦 مرحبا e\u{301} \u{202E}x \u{FEFF} \u{1F4A9}\r\n\t"

    static let textChecks: [Check] = [
        Check("any text comes back as it was") { scene in
            let text = RedactedText(derived: odd, from: .empty)
            var intake = scene.intake(
                text, thread: ThreadID(odd),
                sender: ContactHandle(customID: odd, name: odd, isVerified: false), dedupe: .providerID(odd))
            intake.subject = text
            intake.language = "ar"
            intake.message.attachments = [
                Attachment(name: text, mediaType: "image/png", byteCount: 3, location: text)
            ]
            let accepted = try await scene.accept(intake)
            try scene.expect(try await scene.store.accept(intake), is: .duplicate(accepted), "the second outcome")
            let open = try await scene.openSession(channel: "web", thread: ThreadID(odd))
            try scene.expect(open?.subject, is: text, "the subject")
            try scene.expect(try await scene.history().first?.message, is: intake.message, "the message")
            let claim = try await scene.claim(at: 1)
            try scene.expect(claim.contact.name, is: odd, "the name")
            var commit = scene.commit(claim, reply: scene.reply(text), at: 1)
            commit.reply?.citations = [Citation(article: ArticleID(odd), title: text, url: nil)]
            commit.trace.steps.append(TraceStep(offset: 1, event: .failed(stage: "answer", reason: odd)))
            _ = try await scene.store.commitTurn(commit)
            try scene.expect(try await scene.store.traces("s1"), is: [commit.trace], "the trace")
            let delivery = try await scene.claimDelivery(at: 1)
            try scene.expect(
                delivery.payload, is: .message(try scene.require(commit.reply, "the reply")), "the delivery")
        },
        Check("empty text comes back as it was") { scene in
            let intake = scene.intake(.empty)
            try await scene.accept(intake)
            try scene.expect(try await scene.history().first?.message, is: intake.message, "the message")
        },
        Check("a megabyte comes back as it was") { scene in
            let text = RedactedText(derived: String(repeating: "0123456789abcdé🙂", count: 60_000), from: .empty)
            let intake = scene.intake(text)
            try await scene.accept(intake)
            let claim = try await scene.claim(at: 1)
            try scene.expect(claim.history.first?.message == intake.message, "the message differs")
            var commit = scene.commit(claim, reply: scene.reply(), at: 1)
            commit.trace.steps.append(TraceStep(offset: 1, event: .prompt(text)))
            _ = try await scene.store.commitTurn(commit)
            try scene.expect(try await scene.store.traces("s1") == [commit.trace], "the trace differs")
        },
    ]
}
