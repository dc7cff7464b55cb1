/// Reads a structured answer while it grows: the members that come before the text, and the text as it comes. Reads each byte
/// once. What it does not understand ends it: the reply as a whole is read by ``ModelAnswerForm`` in any case.
struct GrowingForm {
    private(set) var kind: ModelAnswerForm.Kind?
    private(set) var citations: [String]?
    private(set) var language: LanguageTag?
    /// The decoded text that has not been taken yet.
    private(set) var text: [UInt8] = []
    /// Whether the text has come to its end.
    private(set) var isTextComplete = false
    private(set) var isBroken = false

    private var state = State.start
    /// The name or the value that is being read.
    private var token: [UInt8] = []
    private var member = ""
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var highSurrogate: UInt32?

    private enum State { case start, fence, name, inName, colon, value, inValue, inText, escape, hex, end }

    /// The longest name or value beside the text that is kept.
    private static let tokenLimit = 1 << 16

    /// Takes the next bytes of the reply.
    mutating func take(_ bytes: some Sequence<UInt8>) {
        for byte in bytes where !isBroken && state != .end { take(byte) }
    }

    /// Takes the first bytes of the decoded text away.
    mutating func takeText(_ count: Int) -> String {
        defer { text.removeFirst(count) }
        return String(decoding: text.prefix(count), as: UTF8.self)
    }

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .start: start(byte)
        case .fence: if byte == UInt8(ascii: "{") { state = .name }
        case .name:
            switch byte {
            case UInt8(ascii: "\""): begin(.inName)
            case UInt8(ascii: "}"): state = .end
            case UInt8(ascii: ","): break
            default: if !byte.isJSONSpace { isBroken = true }
            }
        case .inName:
            switch byte {
            case UInt8(ascii: "\""):
                member = String(decoding: token, as: UTF8.self)
                state = .colon
            case UInt8(ascii: "\\"): isBroken = true
            default: keep(byte)
            }
        case .colon:
            if byte == UInt8(ascii: ":") { state = .value } else if !byte.isJSONSpace { isBroken = true }
        case .value: beginValue(byte)
        case .inValue: value(byte)
        case .inText: letter(byte)
        case .escape: escape(byte)
        case .hex: hex(byte)
        case .end: break
        }
    }

    private mutating func start(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "{"): state = .name
        case UInt8(ascii: "`"): state = .fence
        case _ where byte.isJSONSpace: break
        // Text without a form.
        default: isBroken = true
        }
    }

    private mutating func begin(_ next: State) {
        token.removeAll(keepingCapacity: true)
        state = next
    }

    private mutating func keep(_ byte: UInt8) {
        token.append(byte)
        if token.count > Self.tokenLimit { isBroken = true }
    }

    // MARK: Values beside the text

    private mutating func beginValue(_ byte: UInt8) {
        if byte.isJSONSpace { return }
        if member == "text", byte == UInt8(ascii: "\"") {
            // A second text would take the place of the first.
            if isTextComplete { isBroken = true }
            return begin(.inText)
        }
        depth = 0
        isInString = false
        isEscaped = false
        begin(.inValue)
        value(byte)
    }

    private mutating func value(_ byte: UInt8) {
        if isInString {
            keep(byte)
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
            return
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}") where depth == 0, UInt8(ascii: ",") where depth == 0:
            state = byte == UInt8(ascii: ",") ? .name : .end
            return finishValue()
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
        keep(byte)
    }

    private mutating func finishValue() {
        guard let value = try? JSONValue(parsing: token) else {
            isBroken = true
            return
        }
        switch member {
        case "kind": kind = value.string.flatMap(ModelAnswerForm.Kind.init(rawValue:))
        case "citations":
            if case .array(let handles) = value { citations = handles.compactMap(\.string) }
        case "language": language = value.string.flatMap { $0.utf8.count <= 12 ? LanguageTag(rawValue: $0) : nil }
        default: break
        }
    }

    // MARK: The text

    private mutating func letter(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""):
            isTextComplete = true
            state = .name
            if highSurrogate != nil { isBroken = true }
        case UInt8(ascii: "\\"): state = .escape
        default: add([byte])
        }
    }

    private mutating func escape(_ byte: UInt8) {
        state = .inText
        switch byte {
        case UInt8(ascii: "n"): add([0x0A])
        case UInt8(ascii: "t"): add([0x09])
        case UInt8(ascii: "r"): add([0x0D])
        case UInt8(ascii: "b"): add([0x08])
        case UInt8(ascii: "f"): add([0x0C])
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): add([byte])
        case UInt8(ascii: "u"): begin(.hex)
        default: isBroken = true
        }
    }

    private mutating func hex(_ byte: UInt8) {
        keep(byte)
        guard token.count == 4 else { return }
        state = .inText
        guard let unit = UInt32(String(decoding: token, as: UTF8.self), radix: 16), token[0] != UInt8(ascii: "+") else {
            isBroken = true
            return
        }
        if let high = highSurrogate {
            highSurrogate = nil
            guard (0xDC00...0xDFFF).contains(unit) else { return isBroken = true }
            add(scalar: 0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00))
        } else if (0xD800...0xDBFF).contains(unit) {
            highSurrogate = unit
        } else {
            add(scalar: unit)
        }
    }

    private mutating func add(scalar value: UInt32) {
        guard let scalar = Unicode.Scalar(value) else { return isBroken = true }
        add(UTF8.encode(scalar)?.map(\.self) ?? [])
    }

    private mutating func add(_ bytes: [UInt8]) {
        // Half a pair with something else after it.
        if highSurrogate != nil { isBroken = true }
        text += bytes
    }
}

extension UInt8 {
    fileprivate var isJSONSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
