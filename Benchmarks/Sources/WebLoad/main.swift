#if canImport(Glibc)
    import Glibc
#endif

// Pages that wait for news and customers who write, against a running `opencx-demo serve`, from a process of its own.
//
//     WebLoad --port 8080 [--pollers 5000] [--rate 500] [--seconds 120] [--writers 2000] [--pid N]
//
// Every poller has a conversation of its own and asks again as soon as it is answered. Messages are written at a fixed rate,
// by customers who each begin a conversation and go on in it; a message's time begins when it was due, not when a connection
// was free. Fails when anything went wrong.

var options = ["port": 8080, "pollers": 5000, "rate": 500, "seconds": 120, "writers": 2000, "pid": 0]
var words = CommandLine.arguments.dropFirst()
while let word = words.popFirst() {
    guard word.hasPrefix("--"), options[String(word.dropFirst(2))] != nil,
        let value = words.popFirst().flatMap({ Int($0) })
    else {
        print("usage: WebLoad [--port N] [--pollers N] [--rate N] [--seconds N] [--writers N] [--pid N]")
        exit(2)
    }
    options[String(word.dropFirst(2))] = value
}
raiseFileLimit()
signal(SIGPIPE, SIG_IGN)
var load = Load(
    port: UInt16(options["port"] ?? 0), pollers: options["pollers"] ?? 0, rate: options["rate"] ?? 0,
    seconds: options["seconds"] ?? 0, writers: options["writers"] ?? 1, server: options["pid"] ?? 0)
exit(load.run() ? 0 : 1)
