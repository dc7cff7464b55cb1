// swift-tools-version: 6.2
import PackageDescription

// Needs a package from the network, so that the checks of this repository do not build it.
let package = Package(
    name: "AsyncHTTPClientBridge",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "opencx-swift", path: "../.."),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.24.0"),
    ],
    targets: [
        .target(
            name: "AsyncHTTPClientBridge",
            dependencies: [
                .product(name: "OpenCXCore", package: "opencx-swift"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
