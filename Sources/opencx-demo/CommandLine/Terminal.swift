internal import FoundationEssentials
internal import OpenCXCore

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Standard output and error, written a line at a time.
struct Terminal: Sendable {
    /// Whether a person looks at the output.
    let isInteractive: Bool
    private let output: Int32
    private let errors: Int32

    init(output: Int32 = STDOUT_FILENO, errors: Int32 = STDERR_FILENO) {
        self.output = output
        self.errors = errors
        isInteractive = isatty(output) == 1
    }

    func print(_ text: String = "") {
        write(text + "\n", to: output)
    }

    /// Without a line break at the end.
    func show(_ text: String) {
        write(text, to: output)
    }

    func complain(_ text: String) {
        write(text + "\n", to: errors)
    }

    /// Overwrites the last line; shows nothing when nobody looks.
    func progress(_ text: String) {
        if isInteractive { write("\r\u{1B}[K" + text, to: errors) }
    }

    func emphasized(_ text: String) -> String { styled(text, "1") }

    func faint(_ text: String) -> String { styled(text, "2") }

    private func styled(_ text: String, _ code: String) -> String {
        isInteractive ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    private func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Self.writeOnce(descriptor, $0) }
            // Whoever read has gone; there is nobody to tell.
            if written <= 0 { return }
            bytes = bytes.dropFirst(written)
        }
    }

    private static func writeOnce(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}

extension String {
    /// Without what could move a terminal's cursor: control characters other than line breaks and tabs.
    var forTerminal: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0.value >= 32 && $0.value != 127 && !(128..<160 ~= $0.value) || $0 == "\n" || $0 == "\t" }))
    }
}
