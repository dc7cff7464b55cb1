/// Addresses that hold cryptocurrency: Base58Check (Bitcoin and its kin), Bech32 and Bech32m (BIP 173, BIP 350), and Ethereum's
/// forty hexadecimal digits (EIP-55).
struct WalletRule {
    let scan: Scan

    func find(_ found: inout Findings) {
        for word in scan.longWords where (26...90).contains(word.count) && found.isFree(word) {
            let characters = scan.bytes[word]
            if isEthereum(characters) || Base58.isAddress(characters) || Bech32.isAddress(characters) {
                found.take(.cryptoAddress, word)
            }
        }
    }

    private func isEthereum(_ word: ArraySlice<UInt8>) -> Bool {
        word.count == 42 && word.starts(with: "0x".utf8) && word.dropFirst(2).allSatisfy(\.isHexDigit)
    }
}

/// Base58 with a checksum of two rounds of SHA-256.
enum Base58 {
    private static let values: [Int] = {
        var values = [Int](repeating: -1, count: 128)
        for (value, letter) in "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8.enumerated() {
            values[Int(letter)] = value
        }
        return values
    }()

    static func isAddress(_ word: ArraySlice<UInt8>) -> Bool {
        guard (26...35).contains(word.count), let bytes = decoded(word) else { return false }
        return SHA256Digest.of(SHA256Digest.of(Array(bytes.prefix(21)))).prefix(4) == bytes.suffix(4)
    }

    /// The 25 bytes of an address.
    private static func decoded(_ word: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 25)
        for letter in word {
            guard letter < 128, values[Int(letter)] >= 0 else { return nil }
            var carry = values[Int(letter)]
            for index in bytes.indices.reversed() {
                carry += Int(bytes[index]) * 58
                bytes[index] = UInt8(carry & 0xFF)
                carry >>= 8
            }
            if carry != 0 { return nil }
        }
        return bytes
    }
}

/// Bech32: a readable part, a 1, and data with a checksum of six characters.
enum Bech32 {
    private static let letters = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

    static func isAddress(_ word: ArraySlice<UInt8>) -> Bool {
        let isMixed = word.contains { $0 >= 65 && $0 <= 90 } && word.contains { $0 >= 97 && $0 <= 122 }
        guard !isMixed, let separator = word.lastIndex(of: UInt8(ascii: "1")), separator - word.startIndex >= 2,
            word.endIndex - separator > 7
        else { return false }
        let prefix = word[..<separator].map { $0 | 0x20 }
        let data = word[(separator + 1)...].compactMap { letter in
            letters.firstIndex(of: letter.isASCIILetter ? letter | 0x20 : letter)
        }
        guard data.count == word.endIndex - separator - 1 else { return false }
        let check = checksum(prefix.map { Int($0 >> 5) } + [0] + prefix.map { Int($0 & 31) } + data)
        return check == 1 || check == 0x2bc8_30a3
    }

    private static func checksum(_ values: [Int]) -> Int {
        let generator = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
        var check = 1
        for value in values {
            let top = check >> 25
            check = (check & 0x1ff_ffff) << 5 ^ value
            for bit in 0..<5 where top >> bit & 1 == 1 { check ^= generator[bit] }
        }
        return check
    }
}
