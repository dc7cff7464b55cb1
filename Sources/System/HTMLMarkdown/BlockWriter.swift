/// Writes blocks one below the other, within the lists and quotes that are open.
struct BlockWriter {
    /// How many lists and quotes may be open; deeper ones are written as if they were the last of these.
    static let depthLimit = 12

    private(set) var text = ""

    private enum Container {
        case quote
        /// An item: its marker until it is written, and how far what follows is indented.
        case item(marker: String?, width: Int, isTight: Bool)
    }

    private struct List {
        var nextNumber: Int?
        /// How many containers are open around its items.
        var depth: Int
        var hasItems = false
        var widthOfLastItem = 2
        /// Whether a list that stands in this one without an item was put into the last one.
        var entered = false
    }

    private var containers: [Container] = []
    /// How many more are open than are written.
    private var excess = 0
    private var lists: [List] = []
    /// How many of the containers were open when the last block was written, and still are.
    private var shared = 0

    // MARK: Containers

    mutating func openQuote() {
        open(.quote)
    }

    private var depth: Int { containers.count + excess }

    private mutating func open(_ container: Container) {
        if containers.count < Self.depthLimit { containers.append(container) } else { excess += 1 }
    }

    mutating func openList(number: Int?) {
        // Editors write lists right into lists: such a one belongs to the item before it.
        if let last = lists.last, last.depth == depth, last.hasItems {
            lists[lists.count - 1].entered = true
            open(.item(marker: nil, width: last.widthOfLastItem, isTight: true))
            shared = containers.count
        }
        lists.append(List(nextNumber: number, depth: depth))
    }

    mutating func closeList() {
        _ = lists.popLast()
        if lists.last?.entered == true {
            lists[lists.count - 1].entered = false
            close()
        }
    }

    /// Begins an item of the list that was opened last, or a bulleted one.
    mutating func openItem() {
        let isNested = if case .item = containers.last { true } else { false }
        var isTight = isNested
        var marker = "- "
        if let list = lists.last, list.depth == depth {
            isTight = isNested || list.hasItems
            if let number = list.nextNumber {
                marker = "\(number). "
                // Only a first number may follow a paragraph directly.
                if number != 1, !list.hasItems { isTight = false }
                lists[lists.count - 1].nextNumber = min(number + 1, 999_999_999)
            }
            lists[lists.count - 1].widthOfLastItem = marker.utf8.count
        }
        open(.item(marker: marker, width: marker.utf8.count, isTight: isTight))
    }

    mutating func close() {
        if excess > 0 {
            excess -= 1
            return
        }
        _ = containers.popLast()
        shared = min(shared, containers.count)
    }

    // MARK: Blocks

    /// Writes a block of one or more lines.
    mutating func add(_ lines: [some StringProtocol]) {
        if !text.isEmpty {
            text += "\n"
            if !joinsPrevious { text += trimmed(prefix(of: containers[..<shared])) + "\n" }
        }
        for (number, line) in lines.enumerated() {
            if number > 0 { text += "\n" }
            let prefix = self.prefix(of: containers[...])
            text += line.isEmpty ? trimmed(prefix) : prefix + line
            if number == 0 { settleMarkers() }
        }
        shared = containers.count
    }

    /// Whether the next block may follow without an empty line: it begins an item of a list that goes on.
    private var joinsPrevious: Bool {
        for case .item(.some, _, let isTight) in containers { return isTight }
        return false
    }

    private func prefix(of containers: ArraySlice<Container>) -> String {
        containers.reduce(into: "") { prefix, container in
            switch container {
            case .quote: prefix += "> "
            case .item(let marker, let width, _): prefix += marker ?? String(repeating: " ", count: width)
            }
        }
    }

    /// What was written is not written again.
    private mutating func settleMarkers() {
        for index in containers.indices {
            if case .item(.some, let width, let isTight) = containers[index] {
                containers[index] = .item(marker: nil, width: width, isTight: isTight)
            }
        }
        // What stands in an inner list stands in the outer ones, too: from one that knows on, all do.
        for index in lists.indices.reversed() where lists[index].depth < depth {
            if lists[index].hasItems { break }
            lists[index].hasItems = true
        }
    }

    private func trimmed(_ prefix: String) -> String {
        var prefix = prefix
        while prefix.utf8.last == UInt8(ascii: " ") { prefix.removeLast() }
        return prefix
    }
}
