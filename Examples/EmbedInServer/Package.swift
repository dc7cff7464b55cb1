// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "EmbedInServer",
    dependencies: [.package(name: "opencx-swift", path: "../..")],
    targets: [
        // Stands for the web framework that a team already has.
        .target(name: "SomeFramework"),
        .target(
            name: "Support",
            dependencies: [
                "SomeFramework",
                .product(name: "OpenCXCore", package: "opencx-swift"),
                .product(name: "OpenCXPlatform", package: "opencx-swift"),
                .product(name: "OpenCXSearch", package: "opencx-swift"),
                .product(name: "OpenCXHelpCenter", package: "opencx-swift"),
                .product(name: "OpenCXSQLite", package: "opencx-swift"),
                .product(name: "OpenCXWeb", package: "opencx-swift"),
            ]),
        .executableTarget(name: "EmbedInServer", dependencies: ["SomeFramework", "Support"]),
        .testTarget(name: "SupportTests", dependencies: ["SomeFramework", "Support"]),
    ],
    swiftLanguageModes: [.v6]
)
