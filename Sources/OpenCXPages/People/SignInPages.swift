internal import OpenCXAccess
internal import OpenCXCore

/// The way in.
///
/// Before somebody is signed in there is no token to check a form by, so the page sets a cookie of its own, and the form must bring
/// back what it holds: another site can neither read nor set it.
struct SignInPages: Sendable {
    let layout: Layout
    let signIn: TeamSignIn
    let ids: any IDSource

    private static let cookie = "opencx_form"

    /// `nil` when the path is none of theirs.
    func answer(_ request: WebhookRequest, at path: Substring) async throws -> WebhookAnswer? {
        switch (request.method, path) {
        case ("GET", "/sign-in"):
            if try await signIn.visitor(of: request) != nil { return PageResponse.seeOther(layout.path("/inbox")) }
            return page(request, next: request.parameter("next"))
        case ("POST", "/sign-in"): return try await post(request)
        case ("POST", "/sign-out"):
            guard let visitor = try await signIn.visitor(of: request) else {
                return PageResponse.seeOther(layout.path("/sign-in"))
            }
            guard visitor.isGenuine(Form(request)[SignedInMember.csrfField]) else {
                return PageResponse.page(layout.errorPage(.forged, nil), status: 403)
            }
            return PageResponse.seeOther(layout.path("/sign-in"), setting: [try await signIn.signOut(request)])
        case (_, "/sign-in"), (_, "/sign-out"):
            return PageResponse.page(
                layout.errorPage(
                    PageError(405, "Not this way", "This address takes other requests than this one."), nil),
                status: 405)
        default: return nil
        }
    }

    /// Sends somebody who is not signed in to the page where they can.
    func turnAway(_ request: WebhookRequest, from path: Substring) -> WebhookAnswer {
        if request.header("accept")?.hasPrefix("application/json") ?? false || path.hasSuffix("/stream") {
            return PageResponse.json(
                ["title": "Signed out", "message": "You are signed out. Reload the page to sign in again."], status: 401
            )
        }
        let next = request.method == "GET" && path != "/" ? String(path) : nil
        return PageResponse.seeOther(QueryText.address(layout.path("/sign-in"), [("next", next)]))
    }

    private func post(_ request: WebhookRequest) async throws -> WebhookAnswer {
        let form = Form(request)
        let next = form["next"]
        guard request.header("sec-fetch-site") != "cross-site", let token = formToken(of: request),
            form[SignedInMember.csrfField] == token
        else { return page(request, next: next, status: 403, trouble: PageError.forged.message) }
        let name = form["name"] ?? ""
        switch try await signIn.signIn(name: name, password: Secret(form["password"] ?? "")) {
        case .signedIn(_, let cookie):
            return PageResponse.seeOther(layout.path(destination(next)), setting: [cookie])
        case .refused:
            return page(
                request, next: next, name: name, status: 401, trouble: "This name and password do not fit together.")
        case .tooManyTries(let wait):
            return page(
                request, next: next, name: name, status: 429,
                trouble: "Too many tries. Please wait \(Moment.span(max(wait, .seconds(1)))) and try again.")
        }
    }

    /// Only pages of ours: an address from a link must not send anybody elsewhere.
    private func destination(_ next: String?) -> String {
        guard let next, next.hasPrefix("/"), !next.hasPrefix("//"), !next.hasPrefix("/\\"), next.utf8.count <= 500,
            next.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return "/inbox" }
        return next
    }

    private func formToken(of request: WebhookRequest) -> String? {
        for header in request.headers where header.name.lowercased() == "cookie" {
            for pair in header.value.split(separator: ";") {
                let pair = pair.drop { $0 == " " }
                guard pair.hasPrefix(Self.cookie + "=") else { continue }
                let value = pair.dropFirst(Self.cookie.count + 1)
                if (8...80).contains(value.utf8.count) { return String(value) }
            }
        }
        return nil
    }

    private func page(
        _ request: WebhookRequest, next: String?, name: String = "", status: Int = 200, trouble: String? = nil
    ) -> WebhookAnswer {
        let token = formToken(of: request) ?? ids.makeID()
        let content = section(.class("door")) {
            p(.class("brand")) {
                span(.class("mark"), .aria(.hidden, "true"))
                span(.class("brand-name")) { layout.brand }
            }
            h1 { "Sign in" }
            if let trouble {
                p(.class("notice bad"), .role("alert"), .id("sign-in-trouble")) { trouble }
            }
            form(.post, .action(layout.path("/sign-in"))) {
                FormToken.field(token)
                if let next { input(.type("hidden"), .name("next"), .value(next)) }
                div(.class("field")) {
                    label(.for("name")) { "Name" }
                    input(
                        .id("name"), .name("name"), .value(name), .autocomplete("username"), .required, .maxlength(200),
                        .autofocus.when(name.isEmpty), .aria(.describedby, "sign-in-trouble").when(trouble != nil))
                }
                div(.class("field")) {
                    label(.for("password")) { "Password" }
                    input(
                        .id("password"), .name("password"), .type("password"), .autocomplete("current-password"),
                        .required, .maxlength(1024), .autofocus.when(!name.isEmpty))
                }
                button(.type("submit"), .class("primary wide")) { "Sign in" }
            }
            p(.class("quiet-text")) { "An admin of your team adds members and resets passwords." }
        }
        var answer = PageResponse.page(layout.plainPage("Sign in", content: content), status: status)
        answer.headers.append(
            ("set-cookie", "\(Self.cookie)=\(token); Path=\(layout.prefix); HttpOnly; SameSite=Strict; Max-Age=3600"))
        return answer
    }
}
