internal import CCurl
internal import Glibc

// Curl calls these on the engine's thread. They are free functions, so that no actor can claim them: a closure formed in an
// isolated context would trap there.

/// A line of the response's head.
func headerArrived(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let easy = easyHandle(context), let bytes else { return 0 }
    let line = UnsafeBufferPointer(
        start: UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self), count: size * count)
    return easy.receiveHeader(line) ? size * count : 0
}

/// A piece of the response's body, decompressed.
func bodyArrived(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let easy = easyHandle(context) else { return 0 }
    switch easy.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) {
    case .taken: return size * count
    case .later: return Int(CURL_WRITEFUNC_PAUSE)
    // Anything but the count is an error; 0 is the count of nothing.
    case .refused: return size * count == 0 ? 1 : 0
    }
}

/// A socket for a connection to the address, when it may be connected to.
func openSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ target: UnsafeMutablePointer<curl_sockaddr>?
) -> Int32 {
    guard let easy = easyHandle(context), let target else { return CURL_SOCKET_BAD }
    let address = withUnsafePointer(to: &target.pointee.addr) { IPAddress($0) }
    guard easy.allows(address) else { return CURL_SOCKET_BAD }
    let type = target.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(target.pointee.family, type, target.pointee.protocol)
    if descriptor >= 0 { easy.loop.poller.opened(descriptor) }
    return descriptor
}

/// A connection's socket is no longer needed.
func closeSocket(_ context: UnsafeMutableRawPointer?, _ socket: Int32) -> Int32 {
    guard let context else { return close(socket) }
    Unmanaged<EngineLoop>.fromOpaque(context).takeUnretainedValue().poller.closed(socket)
    return close(socket)
}

/// A connection is there, and the request is about to go out on it.
func beforeRequest(
    _ context: UnsafeMutableRawPointer?, _ remote: UnsafeMutablePointer<CChar>?, _ local: UnsafeMutablePointer<CChar>?,
    _ remotePort: Int32, _ localPort: Int32
) -> Int32 {
    guard let easy = easyHandle(context) else { return CURL_PREREQFUNC_ABORT }
    let address = easy.policy.isUnrestricted ? nil : remote.flatMap { IPAddress(String(cString: $0)) }
    return easy.maySend(to: address) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

private func easyHandle(_ context: UnsafeMutableRawPointer?) -> EasyHandle? {
    context.map { Unmanaged<EasyHandle>.fromOpaque($0).takeUnretainedValue() }
}

extension IPAddress {
    /// The address in a socket address; nil for one that is not IP.
    init?(_ address: UnsafePointer<sockaddr>) {
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            self.init(v4: UInt32(bigEndian: raw.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        case AF_INET6:
            self.init(
                high: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self)))
        default: return nil
        }
    }
}
