// swift-tools-version: 6.2
import PackageDescription

// Programs whose libraries `Scripts/linkage-test` looks at. Not part of the main package.
let package = Package(
    name: "LinkageTest",
    dependencies: [.package(name: "opencx-swift", path: "../..")],
    targets: [
        .executableTarget(name: "LinksCore", dependencies: [.product(name: "OpenCXCore", package: "opencx-swift")]),
        .executableTarget(
            name: "LinksWeb",
            dependencies: [
                .product(name: "OpenCXCore", package: "opencx-swift"),
                .product(name: "OpenCXWeb", package: "opencx-swift"),
            ]),
        .executableTarget(
            name: "LinksFront",
            dependencies: [
                .product(name: "OpenCXCore", package: "opencx-swift"),
                .product(name: "OpenCXFront", package: "opencx-swift"),
            ]),
        .executableTarget(
            name: "LinksHelpdesks",
            dependencies: [
                .product(name: "OpenCXCore", package: "opencx-swift"),
                .product(name: "OpenCXHelpdesks", package: "opencx-swift"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
