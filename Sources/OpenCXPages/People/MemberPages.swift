internal import OpenCXAccess
internal import OpenCXCore

/// The people of the team: everybody's own account, and the members for those who manage access.
struct MemberPages: Sendable {
    let layout: Layout
    let members: TeamMembers
    let signIn: TeamSignIn

    var routes: [Route] {
        [
            Route(.get, "/account", nil) { account($0) },
            Route(.post, "/account/password", nil) { try await changeOwnPassword($0) },
            Route(.get, "/members", .manageAccess) { try await list($0) },
            Route(.post, "/members", .manageAccess) { try await add($0) },
            Route(.post, "/members/{id}/role", .manageAccess) { visit in
                guard let role = TeamRole(rawValue: visit.form["role"] ?? "") else {
                    throw PageError.unfit("Choose one of the roles.")
                }
                try await members.setRole(role, of: try await other(visit))
                return done("role")
            },
            Route(.post, "/members/{id}/disable", .manageAccess) { visit in
                try await members.disable(try await other(visit))
                return done("disable")
            },
            Route(.post, "/members/{id}/enable", .manageAccess) { visit in
                try await members.enable(try await other(visit))
                return done("enable")
            },
            Route(.post, "/members/{id}/password", .manageAccess) { visit in
                let id = try await other(visit)
                let password = TeamMembers.makePassword()
                try await members.setPassword(password, of: id)
                return try await list(visit, handing: (name(of: id, in: try await members.all()), password))
            },
        ]
    }

    // MARK: Own account

    private func account(_ visit: Visit, status: Int = 200, trouble: String? = nil) -> WebhookAnswer {
        let content = section(.class("page narrow")) {
            h1 { "Your account" }
            dl(.class("facts")) {
                dt { "Name" }
                dd { visit.member.name }
                dt { "Role" }
                dd { visit.member.role.rawValue }
                dt { "Signed in until" }
                dd { Moment.html(visit.visitor.expiresAt) }
            }
            form(.post, .action(layout.path("/sign-out"))) {
                FormToken.field(visit)
                button(.type("submit")) { "Sign out" }
            }
            h2 { "Change your password" }
            if let trouble { p(.class("notice bad"), .role("alert")) { trouble } }
            form(.post, .action(layout.path("/account/password")), .class("card stack")) {
                FormToken.field(visit)
                passwordField("Current password", "current", "current-password")
                passwordField("New password", "new", "new-password")
                passwordField("New password once more", "again", "new-password")
                p(.class("quiet-text")) {
                    "At least \(TeamMembers.shortestPassword) characters. You are then signed out everywhere and sign in anew."
                }
                button(.type("submit"), .class("primary")) { "Change the password" }
            }
        }
        return PageResponse.page(layout.page("Your account", .account, visit, content: content), status: status)
    }

    private func passwordField(_ text: String, _ name: StaticString, _ hint: StaticString) -> HTML {
        div(.class("field")) {
            label(.for("\(name)")) { text }
            input(
                .id("\(name)"), .name(name), .type("password"), .autocomplete(hint), .required,
                .maxlength(TeamMembers.longestPassword))
        }
    }

    private func changeOwnPassword(_ visit: Visit) async throws -> WebhookAnswer {
        let new = visit.form["new"] ?? ""
        guard new == visit.form["again"] ?? "" else {
            return account(visit, status: 422, trouble: "The two new passwords differ.")
        }
        // Asked like anybody who wants to sign in, so that the same limit of tries holds.
        let outcome = try await signIn.signIn(name: visit.member.name, password: Secret(visit.form["current"] ?? ""))
        switch outcome {
        case .signedIn: break
        case .refused: return account(visit, status: 422, trouble: "The current password is another one.")
        case .tooManyTries(let wait):
            return account(
                visit, status: 429, trouble: "Too many tries. Please wait \(Moment.span(max(wait, .seconds(1)))).")
        }
        do {
            try await members.setPassword(Secret(new), of: visit.member.id)
        } catch let error as AccessError {
            return account(visit, status: 422, trouble: error.description)
        }
        return PageResponse.seeOther(layout.path("/sign-in"))
    }

    // MARK: Members

    private func list(
        _ visit: Visit, status: Int = 200, trouble: String? = nil, handing: (name: String, password: Secret)? = nil
    ) async throws -> WebhookAnswer {
        let all = try await members.all()
        let content = section(.class("page")) {
            h1 { "Members" }
            if let trouble { p(.class("notice bad"), .role("alert")) { trouble } }
            if let done = Self.notices.first(where: { visit.query("done") == $0.key }) {
                p(.class("notice good"), .role("status")) { done.text }
            }
            if let handing {
                div(.class("notice good"), .role("status")) {
                    p {
                        "The password of "
                        strong { handing.name }
                        " is now:"
                    }
                    p { code(.class("secret")) { handing.password.reveal() } }
                    p { "It is shown this once. Hand it over safely, and have it changed." }
                }
            }
            div(.class("table-frame"), .tabindex(0), .role("group"), .aria(.label, "People who may sign in")) {
                table(.class("members")) {
                    caption(.class("visually-hidden")) { "People who may sign in" }
                    thead {
                        tr {
                            th(.scope("col")) { "Name" }
                            th(.scope("col")) { "Role" }
                            th(.scope("col")) { "Added" }
                            th(.scope("col")) { "Status" }
                            th(.scope("col")) { span(.class("visually-hidden")) { "Changes" } }
                        }
                    }
                    tbody { for member in all { row(member, visit) } }
                }
            }
            h2 { "Add a member" }
            addForm(visit)
        }
        return PageResponse.page(layout.page("Members", .members, visit, content: content), status: status)
    }

    private func row(_ member: TeamMember, _ visit: Visit) -> HTML {
        let isSelf = member.id == visit.member.id
        let target = layout.path("/members/\(QueryText.encoded(member.id.rawValue))")
        return tr {
            th(.scope("row")) {
                Avatar.html(member.name)
                span { member.name }
                if isSelf { small { " (you)" } }
            }
            td {
                if isSelf {
                    member.role.rawValue
                } else {
                    form(.post, .action(target + "/role"), .class("inline")) {
                        FormToken.field(visit)
                        select(.name("role"), .aria(.label, "Role of \(member.name)")) {
                            for role in TeamRole.allCases {
                                option(.value(role.rawValue), .selected.when(role == member.role)) { role.rawValue }
                            }
                        }
                        button(.type("submit"), .class("small")) { "Set" }
                    }
                }
            }
            td { Moment.html(member.createdAt) }
            td {
                if member.disabledAt == nil {
                    span(.class("badge good")) { "active" }
                } else {
                    span(.class("badge")) { "disabled" }
                }
            }
            td(.class("row-actions")) {
                if !isSelf {
                    action(
                        member.disabledAt == nil ? "Disable" : "Enable",
                        target + (member.disabledAt == nil ? "/disable" : "/enable"), member, visit)
                    action("New password", target + "/password", member, visit)
                }
            }
        }
    }

    private func action(_ text: String, _ target: String, _ member: TeamMember, _ visit: Visit) -> HTML {
        form(.post, .action(target), .class("inline")) {
            FormToken.field(visit)
            button(.type("submit"), .class("small quiet"), .data(.confirm, "\(text): \(member.name)?")) {
                text
                span(.class("visually-hidden")) { " for \(member.name)" }
            }
        }
    }

    private func addForm(_ visit: Visit) -> HTML {
        form(.post, .action(layout.path("/members")), .class("card row-form")) {
            FormToken.field(visit)
            div(.class("field")) {
                label(.for("new-name")) { "Name" }
                input(.id("new-name"), .name("name"), .required, .maxlength(200), .autocomplete("off"))
            }
            div(.class("field")) {
                label(.for("new-role")) { "Role" }
                select(.id("new-role"), .name("role")) {
                    option(.value("viewer")) { "viewer: reads" }
                    option(.value("agent"), .selected) { "agent: answers customers" }
                    option(.value("admin")) { "admin: everything" }
                }
            }
            button(.type("submit"), .class("primary")) { "Add with a new password" }
        }
    }

    private func add(_ visit: Visit) async throws -> WebhookAnswer {
        guard let role = TeamRole(rawValue: visit.form["role"] ?? "") else {
            return try await list(visit, status: 422, trouble: "Choose one of the roles.")
        }
        let password = TeamMembers.makePassword()
        do {
            let member = try await members.add(name: visit.form["name"] ?? "", role: role, password: password)
            return try await list(visit, handing: (member.name, password))
        } catch let error as AccessError {
            return try await list(visit, status: 422, trouble: error.description)
        }
    }

    /// The member that a form is about, who is never the one who sends it: nobody locks themselves out.
    private func other(_ visit: Visit) async throws -> PersonID {
        let id = PersonID(visit.parameters["id"] ?? "")
        if id == visit.member.id {
            throw PageError.unfit("Your own role and access are changed by another admin, your password under Account.")
        }
        guard try await members.all().contains(where: { $0.id == id }) else { throw PageError.notFound }
        return id
    }

    private func name(of id: PersonID, in all: [TeamMember]) -> String {
        all.first { $0.id == id }?.name ?? id.rawValue
    }

    private static let notices: [(key: String, text: String)] = [
        ("role", "The role is changed; the member is signed out and can sign in again."),
        ("disable", "The member can no longer sign in."), ("enable", "The member can sign in again."),
    ]

    private func done(_ what: String) -> WebhookAnswer {
        PageResponse.seeOther(QueryText.address(layout.path("/members"), [("done", what)]))
    }
}
