internal import OpenCXCore
internal import OpenCXVault

extension Command {
    static let vaultRenew = Command(
        name: "vault renew", summary: "seal all personal data with the vault's first key",
        discussion: """
            To change keys, put the new one before the old one in the environment variable that "vault.key_variable" names,
            start every process again, run this, and take the old one away when nothing is left. Servers may run meanwhile.
            """,
        run: { invocation in
            let house = try await House.open(invocation, syncs: false, claims: false)
            let vault = try house.configuration.vault.vault(in: house.store, clock: house.agent.parts.clock)
            let result = try await renew(vault)
            await house.close()
            invocation.terminal.print(result)
        })

    /// Renews a vault, and tells what came of it.
    static func renew(_ vault: any PIIVault) async throws -> String {
        guard let vault = vault as? SealedVault else {
            throw Failure(
                """
                There is no vault with keys: raw values are kept in memory only. Name the key's environment variable with \
                "vault.key_variable" in the configuration, and a data folder with --data.
                """)
        }
        let renewal = try await vault.renew()
        guard renewal.unopened == 0 else {
            throw Failure(
                """
                \(renewal.renewed) values sealed with the first key; \(renewal.unopened) could not be opened and stay as they are: \
                their key is not among those given. Give it after the others and run this again; without it these values stay \
                masked for good.
                """)
        }
        return "\(renewal.renewed) values sealed with the first key; no other key is needed any more."
    }
}
