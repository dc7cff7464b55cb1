import Foundation
import OpenCXCore

// What the decisions reach on the data sets of a folder, each beside its baseline in docs/Decisions.md:
//
//     swift run -c release --package-path Benchmarks DecisionEvaluation FOLDER [PART…] [--rows N]
//         [--model NAME [--model-url URL] [--provider openai|anthropic] [--key-variable VARIABLE]]
//
// The parts are requests, frustration and topics. A set that is not there is skipped, and said to be. With --model a language
// model classifies (`ModelClassifier`), and what it was asked and could not answer is counted; --rows takes that many rows of
// each set, evenly spread, for a model costs money.

let options: Options
do {
    options = try Options(CommandLine.arguments.dropFirst())
} catch {
    print("\(error)")
    exit(2)
}
let candidate = options.candidate()

if options.wants("requests") { try await Handoff.evaluateRequests(options, candidate) }
if options.wants("frustration") { try await Handoff.evaluateFrustration(options, candidate) }
if options.wants("topics") { try await Intents.evaluate(options, candidate) }
if let summary = candidate.summary { print("\n\(summary)") }
