internal import OpenCXCore

extension WorldState {
    /// Draws the customers and what they write of their own accord.
    mutating func invite() {
        let count = random.within(1...3)
        for customer in 0..<count {
            for _ in 0..<random.within(1...2) {
                let thread = customers.threads.count
                let channel = random.pick(SimulatedChannels.allCases)
                let isVerified = random.chance(0.7)
                let sender =
                    isVerified
                    ? ContactHandle(
                        email: Customers.email(of: customer), customID: "customer-\(customer)", isVerified: true)
                    : ContactHandle(customID: "device-\(thread)", isVerified: false)
                customers.threads.append(
                    Customers.Thread(
                        channel: channel, id: ThreadID("thread-\(thread)"), customer: customer, sender: sender))
                let length = Int(weather.length.inMilliseconds)
                for _ in 0..<random.within(1...3) {
                    let due = Self.start + .milliseconds(random.below(length))
                    var numbers = [write(in: thread, topic())]
                    // A second thought, in the same request or right after.
                    if random.chance(0.35) {
                        let second = write(in: thread, topic())
                        if random.chance(0.3) {
                            numbers.append(second)
                        } else {
                            schedule([second], at: due + .milliseconds(random.below(4000)))
                        }
                    }
                    if weather.hasEmptyRequests, random.chance(0.3) { numbers.append(write(in: thread, nil)) }
                    schedule(numbers, at: due)
                }
            }
        }
    }

    private mutating func schedule(_ numbers: [Int], at due: Timestamp) {
        agenda.add(.deliver(numbers), at: due)
        if random.chance(weather.deliveredTwice) {
            agenda.add(.deliver(numbers), at: due + .milliseconds(random.below(3000)))
        }
    }

    private mutating func topic() -> String {
        let order = Customers.order(customers.messages.count)
        switch random.below(8) {
        case 0, 1: return "Please cancel my order \(order)"
        case 2, 3: return "I want my money back for my order \(order)"
        case 4: return "Where is my order \(order)?"
        case 5: return "How do I return an item?"
        case 6: return "What are your opening hours?"
        default: return "Something else is wrong with it"
        }
    }

    /// Makes a customer's next message; `nil` for an empty one.
    private mutating func write(in thread: Int, _ topic: String?) -> Int {
        let number = customers.messages.count
        let place = customers.threads[thread]
        var message = Customers.Message(
            number: number, thread: thread,
            text: topic.map { "\($0) \(Customers.mark(number, ofYes: $0 == "Yes"))" } ?? "", sender: place.sender)
        if topic != nil, random.chance(weather.personalData) {
            message.hasPersonalData = true
            message.text += " (\(Canary.any(number, &random)))"
        }
        if place.channel == .mail, topic != nil {
            if random.chance(0.7) { message.subject = "Regarding \(Canary.any(number, &random))" }
            if random.chance(0.3) { message.attachment = "letter to \(Canary.any(number, &random)).txt" }
        }
        if random.chance(weather.otherSender) {
            message.sender = ContactHandle(customID: "stranger-\(number)", isVerified: false)
        }
        customers.messages.append(message)
        return number
    }

    /// A customer reads what was sent, and may answer.
    mutating func customerReads(_ message: OutboundMessage) {
        guard customers.messages.count < 40,
            let thread = customers.threads.firstIndex(where: { $0.id == message.thread })
        else { return }
        let text: String?
        if message.message.text.text.hasSuffix("yes or no.") {
            let roll = random.below(20)
            text = roll < 13 ? "Yes" : roll < 15 ? "Yes, wait" : roll < 17 ? "No" : roll < 19 ? topic() : nil
        } else {
            text = random.chance(isStormy ? 0.15 : 0.03) ? topic() : nil
        }
        guard let text else { return }
        let number = write(in: thread, text)
        schedule([number], at: now + .milliseconds(random.within(50...8000)))
    }

    /// A customer has something to add.
    mutating func writeAgain(in thread: Int, at due: Timestamp) {
        guard customers.messages.count < 40 else { return }
        schedule([write(in: thread, topic())], at: due)
    }

    // MARK: The provider's side of a webhook

    /// The agent has answered a request, or nobody ever will. What was not accepted is delivered again.
    mutating func answered(_ request: Int, _ status: Int?) {
        guard let sent = customers.requests.removeValue(forKey: request) else { return }
        note("provider hears \(status.map(String.init) ?? "nothing") for \(sent.messages)")
        var isOver = false
        switch status {
        case .some(200..<300):
            for number in sent.messages where !customers.messages[number].isEmpty {
                customers.messages[number].isAcknowledged = true
                complain(watch.acknowledged(number))
            }
            isOver = !(isStormy && random.chance(weather.acknowledgementLost))
        case .some(400..<500):
            let wanted = sent.messages.filter { !customers.messages[$0].isEmpty }
            if !wanted.isEmpty {
                complain([.init(law: "acknowledgement", what: "\(wanted) refused with \(status ?? 0)")])
            }
            isOver = true
        default: break
        }
        if !isOver {
            agenda.add(.deliver(sent.messages), at: now + .milliseconds(random.within(200...8000)))
        }
    }
}
