internal import OpenCXCore

/// An entry of a history.
struct EntryView: Sendable {
    let names: People.Names
    let session: Session
    /// Where a file of a message can be seen; `nil` where it is only named.
    let address: @Sendable (HistoryEntry, _ place: Int) -> String?

    func html(_ entry: HistoryEntry) -> HTML {
        switch entry.event {
        case .message(let message): said(message, entry)
        case .note(let person, let text):
            li(.class("entry note"), .id("entry-\(entry.sequence)")) {
                head("Note by \(names[person])", entry.at)
                div(.class("bubble said"), .dir("auto")) { HTML.said(text) }
            }
        case .prohibitedTopic(let match):
            event(entry, .alert, "The customer wrote about a prohibited topic: \(match.topic).")
        case .handoff(let record):
            event(entry, .team, "Handed off: \(Words.of(record.trigger).lowercased()).", style: "strong")
        case .owner(let owner, let actor): event(entry, .person, self.owner(owner, by: actor))
        case .status(let status, let actor, let reason):
            event(entry, .check, self.status(status, by: actor, because: reason))
        case .withheld(let reason, let text): withheld(reason, text, entry)
        case .action(let record): action(record, entry)
        case .helpdesk(let helpdesk, let reference):
            event(entry, .check, "\(helpdesk) took the handoff as \(reference).")
        case .activity(let text, _): event(entry, .check, text.text)
        case .deliveryFailed(_, let reason): event(entry, .alert, "Could not be delivered: \(reason)", style: "bad")
        case .delivery(_, let stage): event(entry, stage == .failed ? .alert : .check, Words.of(stage))
        case .consent(let isGiven):
            event(
                entry, isGiven ? .check : .alert,
                isGiven ? "The customer wants messages again." : "The customer wants no more messages here.",
                style: isGiven ? "" : "strong")
        case .ratingRequested: event(entry, .clock, "The customer was asked for a rating.")
        case .rated(let rating): rated(rating, entry)
        case .vote(_, let isHelpful):
            event(entry, .check, "The customer found an answer \(isHelpful ? "helpful" : "not helpful").")
        case .tags(let added, let removed, let actor): event(entry, .tag, tags(added, removed, actor))
        case .checkpoint: HTML()
        case .contactMerged:
            event(entry, .person, "The customer turned out to be one who is known by another address.")
        }
    }

    private func said(_ message: Message, _ entry: HistoryEntry) -> HTML {
        let (style, author) =
            switch message.author {
            case .customer: ("customer", "Customer")
            case .ai: ("ai", "AI")
            case .person(let person): ("person", names[person])
            }
        return li(.class("entry \(style)"), .id("entry-\(entry.sequence)")) {
            head(author, entry.at)
            div(.class("bubble said"), .dir("auto")) {
                HTML.said(message.text)
                if !message.attachments.isEmpty {
                    ul(.class("files"), .aria(.label, "Files")) {
                        for (place, file) in message.attachments.enumerated() {
                            self.file(file, address(entry, place))
                        }
                    }
                }
                if !message.citations.isEmpty {
                    ul(.class("sources"), .aria(.label, "Sources")) {
                        for citation in message.citations {
                            li {
                                if let url = citation.url {
                                    a(.href(url), .newPage, .rel("noopener noreferrer nofollow")) {
                                        citation.title.text
                                    }
                                } else {
                                    span { citation.title.text }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func head(_ author: String, _ at: Timestamp) -> HTML {
        p(.class("by")) {
            span(.class("author")) { author }
            Moment.html(at)
        }
    }

    private func file(_ file: Attachment, _ address: String?) -> HTML {
        li {
            if let address {
                a(.href(address), .newPage, .rel("noopener noreferrer")) { HTML.redacted(file.name) }
            } else {
                HTML.redacted(file.name)
            }
            small { " \(file.mediaType)\(file.byteCount.map { ", \(Self.size($0))" } ?? "")" }
        }
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1024 ? "\(bytes) bytes" : bytes < 1 << 20 ? "\(bytes / 1024) KB" : "\(bytes / (1 << 20)) MB"
    }

    private func event(_ entry: HistoryEntry, _ icon: Icon, _ text: String, style: String = "") -> HTML {
        li(.class("entry event", style), .id("entry-\(entry.sequence)")) {
            icon.html
            span { text }
            Moment.html(entry.at)
        }
    }

    private func withheld(_ reason: WithheldReason, _ text: RedactedText, _ entry: HistoryEntry) -> HTML {
        li(.class("entry event"), .id("entry-\(entry.sequence)")) {
            Icon.robot.html
            details {
                summary { "The AI did not send an answer: \(Words.of(reason))." }
                div(.class("said"), .dir("auto")) { HTML.said(text) }
            }
            Moment.html(entry.at)
        }
    }

    private func action(_ record: ActionRecord, _ entry: HistoryEntry) -> HTML {
        li(.class("entry event"), .id("entry-\(entry.sequence)")) {
            Icon.robot.html
            details {
                summary { "The AI called \(record.name): \(Words.of(record.outcome))." }
                if !record.arguments.isEmpty {
                    dl(.class("facts")) {
                        for (name, value) in record.arguments.sorted(by: { $0.key < $1.key }) {
                            dt { name }
                            dd { HTML.redacted(value) }
                        }
                    }
                }
                if !record.result.isEmpty { pre { HTML.redacted(record.result) } }
            }
            Moment.html(entry.at)
        }
    }

    private func rated(_ rating: CustomerRating, _ entry: HistoryEntry) -> HTML {
        li(.class("entry event strong"), .id("entry-\(entry.sequence)")) {
            Icon.check.html
            span {
                "The customer rated the conversation \(rating.score) of 5."
                if let comment = rating.comment { span(.class("quote"), .dir("auto")) { HTML.redacted(comment) } }
            }
            Moment.html(entry.at)
        }
    }

    private func owner(_ owner: SessionOwner, by actor: HistoryEntry.Actor) -> String {
        switch (owner, actor) {
        case (.person(let owner), .person(let actor)) where owner == actor: "\(names[owner]) took over."
        case (.ai, _): "Given back to the AI by \(names[actor])."
        case (.team, .ai): "The team's inbox has it now."
        case (.team, _): "Given to the team by \(names[actor])."
        case (.person(let owner), _): "Assigned to \(names[owner]) by \(names[actor])."
        }
    }

    private func status(_ status: SessionStatus, by actor: HistoryEntry.Actor, because reason: ClosureReason?) -> String
    {
        let why = reason.map { " (\($0.rawValue.split(separator: "_").joined(separator: " ")))" } ?? ""
        return switch status {
        case .open: "Reopened by \(names[actor])."
        case .closedResolved: "Resolved by \(names[actor])\(why)."
        case .closedUnresolved: "Closed unresolved by \(names[actor])\(why)."
        }
    }

    private func tags(_ added: [String], _ removed: [String], _ actor: HistoryEntry.Actor) -> String {
        let parts = [("added", added), ("removed", removed)].filter { !$0.1.isEmpty }
            .map { "\($0.1.joined(separator: ", ")) \($0.0)" }
        return "Tags: \(parts.joined(separator: "; ")) by \(names[actor])."
    }
}
