enum ChatPage {
    static func html(title: String, greeting: String, suggestions: [String]) -> String { "" }
    static let css = ""
    static let script = ""
}
