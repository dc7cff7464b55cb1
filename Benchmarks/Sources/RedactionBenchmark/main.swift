import OpenCXCore

// How many support messages one core redacts in a second: most of them harmless, some with a number, some with personal data.
// Usage: RedactionBenchmark [rounds]

let harmless = [
    "Hi, I ordered a pair of boots last week and they still have not arrived. Could you tell me where they are?",
    "How do I return an item that I bought in your shop in the city? I no longer have the receipt.",
    "Thanks, that worked!", "Do you ship to Norway, and what does it cost?",
    "I forgot my password and the link in the mail has expired.",
    "The app crashes whenever I open the settings. I am on version 115.3.1, it started on 2026-03-02.",
    "Order 48213 was charged twice: 43.99 EUR on 11 January and again a week later. Invoice INV-2026-9121021.",
    "Ich habe am 3. Mai bestellt, bis heute ist nichts angekommen. Können Sie bitte nachsehen?",
    "Bonjour, je voudrais échanger ma commande contre une autre taille, est-ce possible ?",
    "Tracking number 1Z9060247858003401 shows no movement since Tuesday. Is there a way to find out what happened?",
]
let personal = [
    "Please call me back on +49 30 1234567 or write to jane.doe@example.com, I am home after five.",
    "My card 4532 0151 1283 0366 was charged, please refund it to DE89 3704 0044 0532 0130 00 instead.",
]
let messages = (harmless + harmless + harmless + harmless + personal).map { UnredactedText($0) }
let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 10_000
let redactor = PatternRedactor()
var findings = 0
for message in messages { findings += try await redactor.findings(in: message).count }
let bytes = messages.reduce(0) { $0 + $1.byteCount } / messages.count
print("\(messages.count) messages of \(bytes) bytes on average, \(findings) findings")
for _ in 0..<3 {
    let time = try await ContinuousClock().measure {
        for _ in 0..<rounds {
            for message in messages { findings += try await redactor.findings(in: message).count }
        }
    }
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    print("\(Int(Double(rounds * messages.count) / seconds)) messages a second")
}
