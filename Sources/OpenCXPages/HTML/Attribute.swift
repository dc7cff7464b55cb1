internal import Markdown
internal import OpenCXCore

/// An attribute of an element. Its name stands in our source code, its value is escaped; one that is an address leads nowhere but
/// to our own pages, the web and mail.
struct Attribute: Sendable {
    let markup: String

    private init(_ name: StaticString, _ value: String? = nil) {
        markup = value.map { " \(name)=\"\(HTMLEscaping.escaped($0))\"" } ?? " \(name)"
    }

    private init(none: Void) {
        markup = ""
    }

    /// No attribute.
    static let none = Attribute(none: ())

    /// This attribute where the condition holds.
    func when(_ condition: Bool) -> Attribute { condition ? self : .none }

    // What a page can do is done by its script; no attribute holds code (`onclick`, `style`), and none of these can.

    static func `class`(_ names: String...) -> Attribute {
        Attribute("class", names.filter { !$0.isEmpty }.joined(separator: " "))
    }
    static func id(_ id: String) -> Attribute { Attribute("id", id) }
    static func lang(_ tag: String) -> Attribute { Attribute("lang", tag) }
    static func dir(_ direction: StaticString) -> Attribute { Attribute("dir", "\(direction)") }
    static func title(_ text: String) -> Attribute { Attribute("title", text) }
    static func role(_ role: StaticString) -> Attribute { Attribute("role", "\(role)") }
    static func tabindex(_ number: Int) -> Attribute { Attribute("tabindex", "\(number)") }
    static let hidden = Attribute("hidden")

    /// - Parameter name: without `aria-` before it.
    static func aria(_ name: ARIA, _ value: String) -> Attribute { Attribute(name.attribute, value) }
    enum ARIA {
        case label, labelledby, describedby, current, live, hidden, expanded, controls, busy, selected

        fileprivate var attribute: StaticString {
            switch self {
            case .label: "aria-label"
            case .labelledby: "aria-labelledby"
            case .describedby: "aria-describedby"
            case .current: "aria-current"
            case .live: "aria-live"
            case .hidden: "aria-hidden"
            case .expanded: "aria-expanded"
            case .controls: "aria-controls"
            case .busy: "aria-busy"
            case .selected: "aria-selected"
            }
        }
    }

    /// What the page's script reads.
    static func data(_ name: DataName, _ value: String) -> Attribute { Attribute(name.attribute, value) }
    enum DataName {
        case live, last, state, when, region, confirm, sends, mask, view

        fileprivate var attribute: StaticString {
            switch self {
            case .live: "data-live"
            case .last: "data-last"
            case .state: "data-state"
            case .when: "data-when"
            case .region: "data-region"
            case .confirm: "data-confirm"
            case .sends: "data-sends"
            case .mask: "data-mask"
            case .view: "data-view"
            }
        }
    }

    // Addresses

    static func href(_ address: String) -> Attribute { Attribute("href", safe(address)) }
    static func action(_ address: String) -> Attribute { Attribute("action", safe(address)) }
    static func src(_ address: String) -> Attribute { Attribute("src", safe(address)) }
    static func rel(_ words: StaticString) -> Attribute { Attribute("rel", "\(words)") }
    static let newPage = Attribute("target", "_blank")

    /// Leads to our own site, the web or mail, or nowhere.
    static func safe(_ address: String) -> String {
        guard let scheme = LinkSafety.scheme(of: address) else {
            // `//host` and `/\host` are addresses of other hosts.
            let isLocal = address.hasPrefix("/") || address.hasPrefix("#") || address.hasPrefix("?")
            let isElsewhere = address.hasPrefix("//") || address.hasPrefix("/\\")
            return isLocal && !isElsewhere ? address : "#"
        }
        return ["http", "https", "mailto"].contains(scheme) ? address : "#"
    }

    // Forms

    static let post = Attribute("method", "post")
    static let get = Attribute("method", "get")
    static func type(_ type: StaticString) -> Attribute { Attribute("type", "\(type)") }
    static func name(_ name: StaticString) -> Attribute { Attribute("name", "\(name)") }
    static func value(_ value: String) -> Attribute { Attribute("value", value) }
    static func `for`(_ id: String) -> Attribute { Attribute("for", id) }
    static func placeholder(_ text: String) -> Attribute { Attribute("placeholder", text) }
    static func autocomplete(_ hint: StaticString) -> Attribute { Attribute("autocomplete", "\(hint)") }
    static func maxlength(_ count: Int) -> Attribute { Attribute("maxlength", "\(count)") }
    static func minlength(_ count: Int) -> Attribute { Attribute("minlength", "\(count)") }
    static func rows(_ count: Int) -> Attribute { Attribute("rows", "\(count)") }
    static let required = Attribute("required")
    /// On a button that sends a form that need not be complete.
    static let formnovalidate = Attribute("formnovalidate")
    static let selected = Attribute("selected")
    static let checked = Attribute("checked")
    static let disabled = Attribute("disabled")
    static let autofocus = Attribute("autofocus")
    static let `defer` = Attribute("defer")

    // Heads, tables and times

    static func charset(_ name: StaticString) -> Attribute { Attribute("charset", "\(name)") }
    static func content(_ text: String) -> Attribute { Attribute("content", text) }
    static func scope(_ scope: StaticString) -> Attribute { Attribute("scope", "\(scope)") }
    static func colspan(_ count: Int) -> Attribute { Attribute("colspan", "\(count)") }
    static func datetime(_ time: String) -> Attribute { Attribute("datetime", time) }
    static let open = Attribute("open")

    // Pictures

    static func drawing(_ name: Drawing, _ value: String) -> Attribute { Attribute(name.attribute, value) }
    static func drawing(_ name: Drawing, _ value: Double) -> Attribute {
        // Tenths of a unit are finer than any screen.
        Attribute(name.attribute, "\((value * 10).rounded() / 10)")
    }
    enum Drawing {
        case x, y, x1, y1, x2, y2, width, height, rx, cx, cy, r, d, viewBox, points, textAnchor, preserveAspectRatio,
            focusable

        fileprivate var attribute: StaticString {
            switch self {
            case .x: "x"
            case .y: "y"
            case .x1: "x1"
            case .y1: "y1"
            case .x2: "x2"
            case .y2: "y2"
            case .width: "width"
            case .height: "height"
            case .rx: "rx"
            case .cx: "cx"
            case .cy: "cy"
            case .r: "r"
            case .d: "d"
            case .viewBox: "viewBox"
            case .points: "points"
            case .textAnchor: "text-anchor"
            case .preserveAspectRatio: "preserveAspectRatio"
            case .focusable: "focusable"
            }
        }
    }
}
