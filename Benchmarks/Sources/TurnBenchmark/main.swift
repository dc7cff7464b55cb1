// The turn that agent frameworks are compared by: a customer writes; model call, tool call, tool (in this process), model call,
// reply stored. With everything on: redaction, gating, search, ledger, judgement, trace, three durable commits (message, turn,
// delivery), and HTTP to a fake model server in a process of its own that answers at once.
//
//     swift run -c release --package-path Benchmarks TurnBenchmark [options]
//
//     --model-url URL    another server, `/v1` included; it must call `order_status` with {"number": "FH-10423"} first
//     --model NAME       the model to ask for
//     --turns N          turns for each number of customers (default 4000)
//     --customers LIST   default 1,16,64
//     --articles N       articles to search (default 20)
//     --directory PATH   where the store is put (default: here)

try await TurnBenchmark(arguments: Array(CommandLine.arguments.dropFirst())).run()
