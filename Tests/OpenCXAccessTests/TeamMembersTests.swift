import OpenCXAccess
import OpenCXCore
import Testing

@Suite struct TeamMembersTests {
    private let password = Secret("correct horse battery")

    @Test(arguments: ["", "  ", "a\u{0}b", "a\nb", "\u{202E}jo", String(repeating: "x", count: 201)])
    func `a name is short and can be seen`(_ name: String) async throws {
        let access = try Access()
        await #expect { try await access.members.add(name: name, role: .agent, password: password) } throws: {
            ($0 as? AccessError)?.code == .badName
        }
    }

    @Test(arguments: ["short", String(repeating: "x", count: 1025)])
    func `a password has a length`(_ text: String) async throws {
        let access = try Access()
        await #expect { try await access.members.add(name: "Jo", role: .agent, password: Secret(text)) } throws: {
            ($0 as? AccessError)?.code == .badPassword
        }
        let jo = try await access.members.add(name: "Jo", role: .agent, password: password)
        await #expect { try await access.members.setPassword(Secret(text), of: jo.id) } throws: {
            ($0 as? AccessError)?.code == .badPassword
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `customers are told a member's name, and never an address`(_ kind: StoreKind) async throws {
        let access = try Access(kind)
        let names = MemberNames(store: access.store)
        let members: [(name: String, shown: String?)] = [
            ("Dana", "Dana"), ("Jo Ann", "Jo Ann"), ("jo@example.com", "jo"), ("@jo", nil),
        ]
        for (name, shown) in members {
            let member = try await access.members.add(name: name, role: .agent, password: password)
            #expect(try await names.name(of: member.id) == shown)
        }
        #expect(try await names.name(of: "nobody") == nil)
    }

    @Test func `a name is taken once, and what is nobody's is said to be`() async throws {
        let access = try Access()
        try await access.members.add(name: "Jo", role: .agent, password: password)
        await #expect { try await access.members.add(name: "JO", role: .admin, password: password) } throws: {
            ($0 as? AccessError)?.code == .nameTaken
        }
        await #expect { try await access.members.disable("nobody") } throws: {
            ($0 as? AccessError)?.code == .noSuchMember
        }
    }

    @Test func `generated passwords are good and differ`() async throws {
        let access = try Access()
        let passwords = (0..<20).map { _ in TeamMembers.makePassword() }
        #expect(Set(passwords).count == 20)
        try await access.members.add(name: "Jo", role: .agent, password: passwords[0])
        #expect(try await access.signIn().signIn(name: "Jo", password: passwords[0]).signedIn != nil)
    }

    @Test func `neither hashes nor names are printed`() async throws {
        let access = try Access()
        let jo = try await access.members.add(name: "Jo Smith", role: .agent, password: password)
        var dumped = ""
        dump(jo, to: &dumped)
        for text in ["\(jo)", String(reflecting: jo), dumped] {
            #expect(!text.contains("scrypt") && !text.contains("Smith"))
        }
    }

    @Test func `roles grow`() {
        #expect(TeamRole.viewer.permissions.isStrictSubset(of: TeamRole.agent.permissions))
        #expect(TeamRole.agent.permissions.isStrictSubset(of: TeamRole.admin.permissions))
        #expect(TeamRole.viewer.permissions == [.viewSessions, .viewInsights, .viewKnowledge])
        #expect(TeamRole.admin.permissions == Set(TeamPermission.allCases))
        for permission in [
            TeamPermission.erase, .changeKnowledge, .changeAutopilot, .changeActions, .operate, .manageAccess,
        ] {
            #expect(!TeamRole.agent.allows(permission))
        }
    }
}
