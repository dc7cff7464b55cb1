/// What an element is called. `p(.class("quiet")) { "Nobody waits." }` makes one.
struct Tag: Sendable {
    let name: StaticString
    /// Whether it has no content and no end tag.
    let isVoid: Bool

    init(_ name: StaticString, isVoid: Bool = false) {
        self.name = name
        self.isVoid = isVoid
    }

    func callAsFunction(_ attributes: Attribute..., @HTMLBuilder content: () throws -> HTML) rethrows -> HTML {
        HTML(self, attributes, try content())
    }

    func callAsFunction(_ attributes: Attribute...) -> HTML {
        HTML(self, attributes, HTML())
    }
}

let html = Tag("html"), head = Tag("head"), body = Tag("body"), title = Tag("title"), script = Tag("script")
let meta = Tag("meta", isVoid: true), link = Tag("link", isVoid: true)
let header = Tag("header"), nav = Tag("nav"), main = Tag("main"), footer = Tag("footer"), aside = Tag("aside")
let section = Tag("section"), article = Tag("article"), div = Tag("div"), span = Tag("span"), p = Tag("p")
let h1 = Tag("h1"), h2 = Tag("h2"), h3 = Tag("h3"), pre = Tag("pre"), code = Tag("code"), strong = Tag("strong")
let small = Tag("small"), time = Tag("time"), mark = Tag("mark"), br = Tag("br", isVoid: true)
let ul = Tag("ul"), ol = Tag("ol"), li = Tag("li"), dl = Tag("dl"), dt = Tag("dt"), dd = Tag("dd"), a = Tag("a")
let table = Tag("table"), caption = Tag("caption"), thead = Tag("thead"), tbody = Tag("tbody"), tr = Tag("tr")
let th = Tag("th"), td = Tag("td"), details = Tag("details"), summary = Tag("summary"), figure = Tag("figure")
let figcaption = Tag("figcaption"), form = Tag("form"), button = Tag("button"), label = Tag("label")
let input = Tag("input", isVoid: true), textarea = Tag("textarea"), select = Tag("select"), option = Tag("option")
let fieldset = Tag("fieldset"), legend = Tag("legend"), meter = Tag("meter"), noscript = Tag("noscript")
let svg = Tag("svg"), g = Tag("g"), rect = Tag("rect"), path = Tag("path"), line = Tag("line"), circle = Tag("circle")
let drawnText = Tag("text"), polyline = Tag("polyline")
