internal import OpenCXAccess
internal import OpenCXCore

/// What stands around every page.
struct Layout: Sendable {
    /// Where the pages are mounted, such as `/team`.
    var prefix: String
    /// The team's name.
    var brand: String

    enum Place: Sendable, Hashable { case inbox, inspect, insight, knowledge, members, account }

    func path(_ path: String) -> String { prefix + path }

    /// A page for somebody who is signed in.
    ///
    /// - Parameters:
    ///   - name: what it is about, for the browser's title.
    ///   - place: the entry of the navigation that it belongs to.
    ///   - style: a class for the whole page.
    func page(_ name: String, _ place: Place, style: String = "", _ visit: Visit, content: HTML) -> HTML {
        frame(name) {
            body(.class("signed-in", style)) {
                a(.class("skip"), .href("#content")) { "Skip to the content" }
                navigation(place, visit)
                main(.id("content"), .tabindex(-1)) { content }
                div(.id("announcer"), .class("visually-hidden"), .role("status"), .aria(.live, "polite"))
                div(.id("trouble"), .class("toast"), .role("alert"))
            }
        }
    }

    /// A page for somebody who is not.
    func plainPage(_ name: String, content: HTML) -> HTML {
        frame(name) {
            body(.class("plain")) { main(.id("content")) { content } }
        }
    }

    /// Says what went wrong.
    func errorPage(_ error: PageError, _ visit: Visit?) -> HTML {
        let message = section(.class("page empty")) {
            h1 { error.title }
            p { error.message }
            p { a(.class("button"), .href(path("/inbox"))) { "To the inbox" } }
        }
        return visit.map { page(error.title, .inbox, $0, content: message) } ?? plainPage(error.title, content: message)
    }

    private func frame(_ name: String, @HTMLBuilder content: () -> HTML) -> HTML {
        html(.lang("en")) {
            head {
                meta(.charset("utf-8"))
                meta(.name("viewport"), .content("width=device-width, initial-scale=1, viewport-fit=cover"))
                meta(.name("color-scheme"), .content("light dark"))
                title { "\(name) – \(brand)" }
                link(.rel("icon"), .type("image/svg+xml"), .href(path(Asset.icon.path)))
                link(.rel("stylesheet"), .href(path(Asset.style.path)))
                script(.src(path(Asset.script.path)), .defer)
            }
            content()
        }
    }

    private func navigation(_ place: Place, _ visit: Visit) -> HTML {
        header(.class("rail")) {
            p(.class("brand")) {
                span(.class("mark"), .aria(.hidden, "true"))
                span(.class("brand-name")) { brand }
            }
            nav(.aria(.label, "Main")) {
                ul {
                    item("Inbox", .inbox, "/inbox", .inbox, place)
                    if visit.may(.inspect) { item("Inspect", .inspect, "/inspect", .inspect, place) }
                    if visit.may(.viewInsights) { item("Insight", .insight, "/insight", .insight, place) }
                    if visit.may(.viewKnowledge) { item("Knowledge", .knowledge, "/knowledge", .knowledge, place) }
                    if visit.may(.manageAccess) { item("Members", .members, "/members", .members, place) }
                    item("Account", .account, "/account", .account, place, style: "on-phone")
                }
            }
            div(.class("me")) {
                a(.href(path("/account")), .class("who"), .aria(.current, "page").when(place == .account)) {
                    Avatar.html(visit.member.name)
                    span {
                        span(.class("name")) { visit.member.name }
                        span(.class("role")) { visit.member.role.rawValue }
                    }
                }
                form(.post, .action(path("/sign-out"))) {
                    FormToken.field(visit)
                    button(.type("submit"), .class("quiet small")) { "Sign out" }
                }
            }
        }
    }

    private func item(
        _ text: String, _ icon: Icon, _ target: String, _ own: Place, _ place: Place, style: String = ""
    ) -> HTML {
        li(.class(style).when(!style.isEmpty)) {
            a(.href(path(target)), .aria(.current, "page").when(own == place)) {
                icon.html
                span { text }
            }
        }
    }
}

/// The hidden field that shows that a form is one of ours.
enum FormToken {
    static func field(_ visit: Visit) -> HTML { field(visit.formToken) }

    static func field(_ token: String) -> HTML {
        input(.type("hidden"), .name("csrf_token"), .value(token))
    }
}

/// The first letters of a name on a disc.
enum Avatar {
    static func html(_ name: String, style: String = "") -> HTML {
        // One of six hues, the same for the same name everywhere.
        let hue = name.utf8.reduce(into: 7) { $0 = ($0 &* 31 &+ Int($1)) & 0xFFFF } % 6
        return span(.class("avatar hue-\(hue)", style), .aria(.hidden, "true")) { initials(of: name) }
    }

    private static func initials(of name: String) -> String {
        let words = name.split { !$0.isLetter && !$0.isNumber }
        return String(words.prefix(2).compactMap(\.first)).uppercased()
    }
}
