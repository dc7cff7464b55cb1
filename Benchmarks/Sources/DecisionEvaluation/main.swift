// What the embedded decisions reach on the data sets of a folder, each beside its baseline in docs/Decisions.md:
//
//     swift run -c release --package-path Benchmarks DecisionEvaluation FOLDER
//
// A set that is not there is skipped, and said to be.

let data = CommandLine.arguments.dropFirst().first ?? "."
let parts = Set(CommandLine.arguments.dropFirst(2))
let wants = { (part: String) in parts.isEmpty || parts.contains(part) }

if wants("requests") { try await Handoff.evaluateRequests(data) }
if wants("frustration") { try await Handoff.evaluateFrustration(data) }
if wants("topics") { try await Intents.evaluate(data) }
