internal import CYAML

/// Reads one YAML document into values: the one place that owns libyaml's memory.
///
/// Depth and number of values are bounded, what aliases stand for included: a few hundred bytes of them can stand for
/// gigabytes. Unless they are asked for, anchors and aliases are refused.
package struct YAMLParser: ~Copyable {
    /// What a text may come to.
    package struct Limits: Sendable {
        /// How deep values may be nested.
        package var depth: Int
        /// How many values there may be.
        package var nodes: Int
        /// Whether anchors and aliases are understood.
        package var aliases: Bool

        /// Makes limits; those of a page's front matter unless others are given.
        package init(depth: Int = 16, nodes: Int = 10_000, aliases: Bool = false) {
            self.depth = depth
            self.nodes = nodes
            self.aliases = aliases
        }
    }

    private let limits: Limits
    /// The values with an anchor, how many values each holds, and how deep they go.
    private var anchored: [String: (node: YAMLNode, count: Int, height: Int)] = [:]
    /// How deep the values read so far go, of those that an anchor may name.
    private var deepest = 0

    // libyaml keeps pointers into the parser, so it must not move.
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private var nodeCount = 0

    /// The root value, or `nil` for a text that holds nothing but comments.
    package static func parse(_ text: [UInt8], limits: Limits = Limits()) throws(YAMLError) -> YAMLNode? {
        try text.withUnsafeBufferPointer { bytes throws(YAMLError) in
            var parser = try YAMLParser(bytes, limits)
            return try parser.document()
        }
    }

    /// The bytes must outlive the parser.
    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: Limits) throws(YAMLError) {
        self.limits = limits
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw YAMLError(line: 1, message: "it cannot be read, because memory is short")
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    private mutating func document() throws(YAMLError) -> YAMLNode? {
        var root: YAMLNode?
        while true {
            let event = try next()
            switch event.kind {
            case .streamEnd: return root
            case .documentStart where root != nil:
                throw YAMLError(line: event.line, message: "there is a second document; keep only one")
            case .other, .documentStart: continue
            default: root = try node(event, depth: 1)
            }
        }
    }

    private mutating func node(_ event: Event, depth: Int) throws(YAMLError) -> YAMLNode {
        let (countBefore, deepestBefore) = (nodeCount, deepest)
        nodeCount += 1
        deepest = depth
        try checkLimits(event)
        let node = try value(event, depth: depth)
        if let anchor = event.anchor { anchored[anchor] = (node, nodeCount - countBefore, deepest - depth) }
        deepest = max(deepest, deepestBefore)
        return node
    }

    private func checkLimits(_ event: Event) throws(YAMLError) {
        if deepest > limits.depth {
            throw YAMLError(
                line: event.line, message: "values are nested more than \(limits.depth) deep; make it flatter")
        }
        if nodeCount > limits.nodes {
            throw YAMLError(line: event.line, message: "there are more than \(limits.nodes) values; make it shorter")
        }
    }

    private mutating func value(_ event: Event, depth: Int) throws(YAMLError) -> YAMLNode {
        switch event.kind {
        case .alias(let name):
            guard let target = anchored[name] else {
                throw YAMLError(line: event.line, message: "an alias (*name) stands for nothing that comes before it")
            }
            nodeCount += target.count
            deepest = depth + target.height
            try checkLimits(event)
            return target.node
        case .scalar(let text, let isPlain):
            return YAMLNode(value: .scalar(text, isPlain: isPlain), line: event.line)
        case .listStart: return YAMLNode(value: .list(try items(depth: depth)), line: event.line)
        case .mapStart: return YAMLNode(value: .map(try entries(depth: depth)), line: event.line)
        case .end, .documentStart, .streamEnd, .other:
            throw YAMLError(line: event.line, message: "a value is missing")
        }
    }

    private mutating func items(depth: Int) throws(YAMLError) -> [YAMLNode] {
        var items: [YAMLNode] = []
        while true {
            let event = try next()
            if case .end = event.kind { return items }
            items.append(try node(event, depth: depth + 1))
        }
    }

    private mutating func entries(depth: Int) throws(YAMLError) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        while true {
            let event = try next()
            if case .end = event.kind { return entries }
            let key = try node(event, depth: depth + 1)
            let value = try node(try next(), depth: depth + 1)
            if case .scalar(let name, _) = key.value {
                entries.append(YAMLNode.Entry(key: name, value: value, line: key.line))
            }
        }
    }

    private struct Event {
        enum Kind {
            case scalar(String, isPlain: Bool), alias(String), listStart, mapStart, end, documentStart, streamEnd, other
        }
        var kind: Kind
        var line: Int
        var anchor: String?
    }

    /// The next event, copied out of libyaml's memory.
    private func next() throws(YAMLError) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        let line = Int(event.start_mark.line) + 1
        let anchor = Self.anchor(of: event).map { String(cString: $0) }
        if anchor != nil, !limits.aliases {
            throw YAMLError(
                line: line, message: "anchors (&name) and aliases (*name) are not supported; write the value out")
        }
        if event.type == YAML_ALIAS_EVENT { return Event(kind: .alias(anchor ?? ""), line: line) }
        return Event(kind: Self.kind(of: event), line: line, anchor: anchor)
    }

    private static func anchor(of event: yaml_event_t) -> UnsafeMutablePointer<yaml_char_t>? {
        switch event.type {
        case YAML_ALIAS_EVENT: event.data.alias.anchor
        case YAML_SCALAR_EVENT: event.data.scalar.anchor
        case YAML_SEQUENCE_START_EVENT: event.data.sequence_start.anchor
        case YAML_MAPPING_START_EVENT: event.data.mapping_start.anchor
        default: nil
        }
    }

    private static func kind(of event: yaml_event_t) -> Event.Kind {
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(
                String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
        case YAML_SEQUENCE_START_EVENT: return .listStart
        case YAML_MAPPING_START_EVENT: return .mapStart
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        // Without an event, libyaml is past the end.
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return .streamEnd
        default: return .other
        }
    }

    /// What libyaml says is wrong. Its texts are constants: they never hold anything of the file.
    private func failure() -> YAMLError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it is not valid YAML"
        let isReaderError = parser.pointee.error == YAML_READER_ERROR
        return YAMLError(line: isReaderError ? 1 : Int(parser.pointee.problem_mark.line) + 1, message: problem)
    }
}
