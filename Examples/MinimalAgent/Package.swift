// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "MinimalAgent",
    dependencies: [.package(name: "opencx-swift", path: "../..")],
    targets: [
        .executableTarget(
            name: "MinimalAgent",
            dependencies: [
                .product(name: "OpenCXCore", package: "opencx-swift"),
                .product(name: "OpenCXPlatform", package: "opencx-swift"),
                .product(name: "OpenCXSearch", package: "opencx-swift"),
                .product(name: "OpenCXHelpCenter", package: "opencx-swift"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
