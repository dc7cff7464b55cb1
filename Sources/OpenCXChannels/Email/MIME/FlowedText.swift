/// Plain text whose lines were broken for transport only (RFC 3676, `format=flowed`).
package enum FlowedText {
    /// The text with its paragraphs whole again. Quoted lines join quoted lines of the same depth only.
    ///
    /// - Parameter deletesSpaces: whether the space that marks a broken line is not part of the text (`DelSp=yes`).
    package static func unfold(_ text: String, deletesSpaces: Bool) -> String {
        var result: [String] = []
        var open: (depth: Int, text: String)?
        func close() {
            guard let line = open else { return }
            result.append(written(line.depth, line.text))
            open = nil
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let depth = line.prefix { $0 == ">" }.count
            var content = line.dropFirst(depth)
            if content.first == " " { content = content.dropFirst() }
            let isSignature = content == "-- "
            if open.map({ $0.depth != depth }) ?? false || isSignature { close() }
            let isBroken = content.last == " " && !isSignature
            let piece = isBroken && deletesSpaces ? content.dropLast() : content
            if open == nil { open = (depth, "") }
            open?.text += piece
            if !isBroken { close() }
        }
        close()
        return result.joined(separator: "\n")
    }

    private static func written(_ depth: Int, _ text: String) -> String {
        depth == 0 ? text : String(repeating: ">", count: depth) + " " + text
    }
}
