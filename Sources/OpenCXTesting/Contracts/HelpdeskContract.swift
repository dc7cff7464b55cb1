public import OpenCXCore

/// What every ``/OpenCXCore/Helpdesk`` must do.
///
/// Uses no test framework, so that it runs in any. With Swift Testing:
///
/// ```swift
/// @Test(arguments: HelpdeskContract.checks)
/// func contract(check: HelpdeskContract.Check) async throws {
///     let helpdesk = MyHelpdesk(client: RecordedVendor())
///     try await check.run(.init(helpdesk: helpdesk))
/// }
/// ```
public struct HelpdeskContract {
    /// What the checks are run on. Each check needs a fresh one.
    public struct Subject: Sendable {
        /// The helpdesk, which takes everything it is given.
        public var helpdesk: any Helpdesk
        /// How many tickets were opened so far, where that can be told.
        public var ticketCount: (@Sendable () async throws -> Int)?

        /// Names what is checked.
        public init(helpdesk: any Helpdesk, ticketCount: (@Sendable () async throws -> Int)? = nil) {
            self.helpdesk = helpdesk
            self.ticketCount = ticketCount
        }
    }

    /// One thing that a helpdesk must do.
    public typealias Check = ContractCheck<Subject>

    /// All checks.
    public static let checks = [
        Check("a ticket has a reference that fits one line", hasReference),
        Check("the same key gives the same ticket", sameKey),
        Check("another key gives another ticket", otherKey),
        Check("tries of the same handoff at the same time end in one reference", concurrentTries),
        Check("whatever a transcript holds is taken", oddContent),
        Check("whatever a key holds is taken, and keys that look alike stay apart", oddKeys),
    ]

    private static func hasReference(_ subject: Subject) async throws {
        if subject.helpdesk.id.rawValue.isEmpty { throw Breach("The helpdesk's id is empty.") }
        let reference = try await subject.helpdesk.open(.sample()).reference
        if reference.isEmpty || reference.contains(where: \.isNewline) {
            throw Breach("\"\(reference)\" is no reference: it must be one line of text.")
        }
        try await expect(1, on: subject)
    }

    private static func sameKey(_ subject: Subject) async throws {
        let first = try await subject.helpdesk.open(.sample())
        // A later try may know more: the conversation went on, or the summary was written anew.
        var again = HandoffPackage.sample()
        again.summary = UnredactedText("Another summary.")
        again.tags = []
        let second = try await subject.helpdesk.open(again)
        guard first == second else {
            throw Breach(
                "The second try of the same handoff gave \"\(second.reference)\" instead of \"\(first.reference)\".")
        }
        try await expect(1, on: subject)
    }

    private static func otherKey(_ subject: Subject) async throws {
        let first = try await subject.helpdesk.open(.sample(key: "handoff/1"))
        let second = try await subject.helpdesk.open(.sample(key: "handoff/2"))
        if first == second {
            throw Breach("Two handoffs of one session both gave \"\(first.reference)\".")
        }
        try await expect(2, on: subject)
    }

    private static func concurrentTries(_ subject: Subject) async throws {
        let helpdesk = subject.helpdesk
        let receipts = try await withThrowingTaskGroup(of: HelpdeskReceipt.self) { group in
            for _ in 0..<8 { group.addTask { try await helpdesk.open(.sample()) } }
            var receipts: Set<HelpdeskReceipt> = []
            for try await receipt in group { receipts.insert(receipt) }
            return receipts
        }
        if receipts.count != 1 {
            throw Breach(
                "Tries at the same time gave \(receipts.count) references: \(receipts.map(\.reference).sorted()).")
        }
        try await expect(1, on: subject)
    }

    private static func oddContent(_ subject: Subject) async throws {
        let texts = [
            "", "\n\n", "---\ntitle: x\n---", "# Heading\n```\nnever closed", "</p><script>alert(1)</script>",
            "\u{0}\u{7}\u{1B}[31m",
            "نص بالعربية 👩‍👩‍👧‍👦 e\u{301}", String(repeating: "long ", count: 20_000),
        ]
        for (index, text) in texts.enumerated() {
            var handoff = HandoffPackage.sample(key: "odd/\(index)")
            handoff.summary = UnredactedText(text)
            handoff.tags = [text]
            handoff.contact.name = text
            handoff.transcript = [
                TranscriptLine(author: .customer, text: UnredactedText(text), at: .epoch),
                TranscriptLine(author: .person("p\n1"), text: UnredactedText(text), at: .epoch),
            ]
            _ = try await subject.helpdesk.open(handoff)
        }
        var empty = HandoffPackage.sample(key: "odd/empty")
        empty.transcript = []
        _ = try await subject.helpdesk.open(empty)
        try await expect(texts.count + 1, on: subject)
    }

    private static func oddKeys(_ subject: Subject) async throws {
        let long = String(repeating: "k", count: 2_000)
        let keys = [
            "../../etc/passwd", "/etc/passwd", "a b", "a-b", "a/b", "ä", "a\u{308}x", "a\nb", "A-B", long + "1",
            long + "2",
        ]
        var references: Set<String> = []
        for key in keys { references.insert(try await subject.helpdesk.open(.sample(key: key)).reference) }
        if references.count != keys.count {
            throw Breach("\(keys.count) different keys gave \(references.count) references.")
        }
        try await expect(keys.count, on: subject)
    }

    private static func expect(_ count: Int, on subject: Subject) async throws {
        guard let found = try await subject.ticketCount?() else { return }
        if found != count { throw Breach("Expected \(count) tickets at the helpdesk, found \(found).") }
    }
}
