internal import OpenCXCore

/// Everybody who writes to the team, and what they have written so far.
struct Customers: Sendable {
    /// A conversation, in the channel's own terms.
    struct Thread: Sendable {
        var channel: SimulatedChannels
        var id: ThreadID
        var customer: Int
        var sender: ContactHandle
    }

    struct Message: Sendable {
        var number: Int
        var thread: Int
        var text: String
        var subject: String?
        var attachment: String?
        var sender: ContactHandle
        var hasPersonalData = false
        /// Nobody takes a message without text.
        var isEmpty: Bool { text.isEmpty }
        /// The agent has said that it has the message.
        var isAcknowledged = false
    }

    /// A webhook request on its way, with the process that works on it.
    struct Request: Sendable {
        var messages: [Int]
        var process: Int
    }

    var threads: [Thread] = []
    var messages: [Message] = []
    var requests: [Int: Request] = [:]
    private var lastRequest = 0

    /// The customer's own address: in the contact, and nowhere else.
    static func email(of customer: Int) -> String { "owner\(customer)@home.example" }

    /// The order that a message speaks of, if it speaks of any; no two messages speak of the same.
    static func order(_ number: Int) -> String { "FH-\(10_000 + number)" }

    mutating func begin(_ messages: [Int], in process: Int) -> Int {
        lastRequest += 1
        requests[lastRequest] = Request(messages: messages, process: process)
        return lastRequest
    }

    /// A message as its channel parses it.
    func inbound(_ number: Int) -> InboundMessage {
        let message = messages[number]
        let thread = threads[message.thread]
        return InboundMessage(
            channel: thread.channel.id, channelKind: thread.channel.kind, thread: thread.id,
            providerID: thread.channel.hasIDs ? "id-\(number)" : nil, sender: message.sender,
            text: UnredactedText(message.text), subject: message.subject.map(UnredactedText.init),
            attachments: message.attachment.map {
                [InboundAttachment(name: UnredactedText($0), mediaType: "text/plain", location: "files/\(number)")]
            } ?? [])
    }

    /// What a message ends with, so that it is known wherever it turns up: a word such as `m17q`. A yes that holds any other
    /// word is none, so it ends with the number in signs, binary: `(!...!)`.
    static func mark(_ number: Int, ofYes: Bool) -> String {
        if !ofYes { return "m\(number)q" }
        return "(\(String(number, radix: 2).map { $0 == "1" ? "!" : "." }.joined()))"
    }

    /// The numbers of the messages that a text holds or speaks of.
    static func tokens(in text: String) -> [Int] {
        var found: [Int] = []
        var number: Int?
        var signs: Int?
        func end(_ number: Int?) {
            if let number, !found.contains(number) { found.append(number) }
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "m"): (number, signs) = (0, nil)
            case UInt8(ascii: "("): (number, signs) = (nil, 0)
            case 48...57: (number, signs) = (number.map { $0 * 10 + Int(byte - 48) }, nil)
            case UInt8(ascii: "!"): (number, signs) = (nil, signs.map { $0 * 2 + 1 })
            case UInt8(ascii: "."): (number, signs) = (nil, signs.map { $0 * 2 })
            case UInt8(ascii: "q"):
                end(number)
                (number, signs) = (nil, nil)
            case UInt8(ascii: ")"):
                end(signs)
                (number, signs) = (nil, nil)
            default: (number, signs) = (nil, nil)
            }
        }
        return found
    }
}

/// The channels of every simulation.
enum SimulatedChannels: CaseIterable, Sendable {
    case web, mail, sms, front

    var id: ChannelID {
        switch self {
        case .web: "web"
        case .mail: "mail"
        case .sms: "sms"
        case .front: "front"
        }
    }

    var kind: ChannelKind {
        switch self {
        case .web: .web
        case .mail, .front: .email
        case .sms: .sms
        }
    }

    /// Whether the provider's messages have ids.
    var hasIDs: Bool { self != .sms }
}
