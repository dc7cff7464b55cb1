/// Finds personal data by its form: e-mail addresses, telephone numbers, payment cards, bank accounts (IBAN) and United States
/// social security numbers.
///
/// Numbers with check digits are checked, so that order numbers, versions, amounts and dates stay. Linear in the length of the
/// text: every rule looks at a bounded stretch around the byte that set it off.
public struct PatternRedactor: PIIRedactor {
    /// The kinds to look for.
    public var kinds: Set<PIIKind>

    /// Makes a redactor for these kinds.
    public init(kinds: Set<PIIKind> = [.email, .phone, .creditCard, .iban, .ssn]) {
        self.kinds = kinds
    }

    /// See ``PIIRedactor/findings(in:)``.
    public func findings(in text: UnredactedText) async throws -> [PIIFinding] {
        let text = PlainBytes(text.reveal())
        let bytes = text.bytes
        var found: [PIIFinding] = []
        var position = 0
        while position < bytes.count {
            if let finding = finding(at: position, in: bytes, after: found.last?.range.upperBound ?? 0) {
                found.append(finding)
                position = finding.range.upperBound
            } else {
                position += 1
            }
        }
        return found.map { PIIFinding(kind: $0.kind, range: text.place(of: $0.range)) }
    }

    private func finding(at position: Int, in bytes: [UInt8], after end: Int) -> PIIFinding? {
        let byte = bytes[position]
        if byte == UInt8(ascii: "@") {
            return check(.email, EmailPattern.range(around: position, in: bytes, after: end))
        }
        // A number starts where no letter or digit stands before it.
        guard position == end || position == 0 || !bytes[position - 1].isASCIIAlphanumeric else { return nil }
        if byte.isASCIILetter {
            return check(.iban, IBANPattern.range(at: position, in: bytes))
        }
        guard byte.isASCIIDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "(") else { return nil }
        guard let number = NumberCandidate(at: position, in: bytes) else { return nil }
        return check(.creditCard, number.paymentCard) ?? check(.ssn, number.socialSecurityNumber)
            ?? check(.phone, number.phone)
    }

    private func check(_ kind: PIIKind, _ range: Range<Int>?) -> PIIFinding? {
        guard let range, kinds.contains(kind) else { return nil }
        return PIIFinding(kind: kind, range: range)
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { self >= 48 && self <= 57 }
    var isASCIILetter: Bool { (self | 0x20) >= 97 && (self | 0x20) <= 122 }
    var isASCIIAlphanumeric: Bool { isASCIIDigit || isASCIILetter }
}
