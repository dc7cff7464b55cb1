/// How a ``CurlHTTPClient`` reaches the outside. TLS certificates are always verified; there is no switch for that.
public struct CurlConfiguration: Sendable {
    /// Which addresses may be connected to. Public ones only, unless something else is asked for.
    public var addresses: AddressPolicy
    /// How many redirects a `GET` or `HEAD` request follows; 0, the default, hands every redirect to the caller.
    ///
    /// Other methods never follow. To another origin the request takes along `Accept`, `Accept-Language`, `Range` and
    /// `User-Agent`, and nothing else; from `https` to `http` it does not go.
    public var redirectLimit: Int
    /// The path of a file of PEM certificates that is trusted instead of the system's; nil for the system's.
    public var certificateAuthorities: String?
    /// The URL of a proxy; nil for none. Proxies named in the environment are never used.
    ///
    /// A proxy resolves names itself, so ``addresses`` then only sees hosts that are written as addresses: let the proxy
    /// refuse the others.
    public var proxy: String?
    /// The `User-Agent` of requests that bring none.
    public var userAgent: String
    /// How many connections to one host may be open at once; further requests wait for one of them.
    public var connectionsPerHost: Int

    /// Makes a configuration; what is not given has the default.
    public init(
        addresses: AddressPolicy = .publicOnly, redirectLimit: Int = 0, certificateAuthorities: String? = nil,
        proxy: String? = nil, userAgent: String = "opencx-swift", connectionsPerHost: Int = 256
    ) {
        self.addresses = addresses
        self.redirectLimit = redirectLimit
        self.certificateAuthorities = certificateAuthorities
        self.proxy = proxy
        self.userAgent = userAgent
        self.connectionsPerHost = connectionsPerHost
    }
}
