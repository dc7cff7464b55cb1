internal import OpenCXCore
internal import OpenCXPlatform

extension Command {
    static let connect = Command(
        name: "connect", summary: "look at the vendors' accounts that the configuration names",
        options: [
            Option(name: "--check", value: nil, help: "say what is there, what is missing and what to do about it")
        ],
        discussion: "Reads from the accounts and changes nothing there. Exits with 1 when something is missing.",
        run: { invocation in
            guard invocation.has("--check") else { throw UsageError("Say --check.") }
            guard let file = invocation["--config"] else { throw UsageError("Name a configuration with --config.") }
            let configuration = try Configuration(ConfigurationReader(file: file))
            let accounts = try VendorAccounts(configuration, clock: SystemClock())
            guard !accounts.checks.isEmpty else {
                throw Failure("The configuration names no accounts: \"front\", \"zendesk\" or \"hubspot\".")
            }
            var problems = 0
            for check in accounts.checks {
                invocation.terminal.print(invocation.terminal.emphasized(check.name.forTerminal))
                for finding in await check.findings() {
                    if finding.isProblem { problems += 1 }
                    invocation.terminal.print("  \(finding.isProblem ? "✗" : "✓") \(finding.text)".forTerminal)
                }
            }
            if problems > 0 { throw Failure("\(problems) things are missing; see above.") }
        })
}
