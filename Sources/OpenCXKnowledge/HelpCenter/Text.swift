extension StringProtocol {
    /// The words with one space between them.
    func collapsingSpaces() -> String {
        split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// At most 40 characters in quotes, for error messages.
    func quoted() -> String {
        count > 40 ? "\"\(prefix(40))…\"" : "\"\(self)\""
    }
}
