// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses the library builds it.
let package = Package(
    name: "opencx-benchmarks",
    dependencies: [.package(name: "opencx-swift", path: "..")],
    targets: [
        .executableTarget(
            name: "AgentBenchmark",
            dependencies: [
                .product(name: "OpenCXCore", package: "opencx-swift"),
                .product(name: "OpenCXPlatform", package: "opencx-swift"),
                .product(name: "OpenCXSQLite", package: "opencx-swift"),
                .product(name: "OpenCXSearch", package: "opencx-swift"),
            ]),
        .executableTarget(
            name: "SearchBenchmark",
            dependencies: [
                .product(name: "OpenCXCore", package: "opencx-swift"),
                .product(name: "OpenCXSearch", package: "opencx-swift"),
            ]),
        .executableTarget(
            name: "SearchEvaluation",
            dependencies: [
                .product(name: "OpenCXCore", package: "opencx-swift"),
                .product(name: "OpenCXSearch", package: "opencx-swift"),
            ]),
        .executableTarget(
            name: "DecisionEvaluation",
            dependencies: [
                .product(name: "OpenCXAnthropic", package: "opencx-swift"),
                .product(name: "OpenCXCore", package: "opencx-swift"),
                .product(name: "OpenCXCurl", package: "opencx-swift"),
                .product(name: "OpenCXOpenAI", package: "opencx-swift"),
                .product(name: "OpenCXPlatform", package: "opencx-swift"),
            ]),
        .executableTarget(
            name: "RedactionBenchmark",
            dependencies: [.product(name: "OpenCXCore", package: "opencx-swift")]),
        .executableTarget(name: "FakeModelServer"),
        .systemLibrary(name: "CEpoll"),
        .executableTarget(name: "WebLoad", dependencies: ["CEpoll"]),
        .executableTarget(
            name: "TurnBenchmark",
            dependencies: [
                "FakeModelServer",
                .product(name: "OpenCXCore", package: "opencx-swift"),
                .product(name: "OpenCXCurl", package: "opencx-swift"),
                .product(name: "OpenCXOpenAI", package: "opencx-swift"),
                .product(name: "OpenCXPlatform", package: "opencx-swift"),
                .product(name: "OpenCXSQLite", package: "opencx-swift"),
                .product(name: "OpenCXSearch", package: "opencx-swift"),
            ]),
        .executableTarget(
            name: "StoreBenchmark",
            dependencies: [
                .product(name: "OpenCXCore", package: "opencx-swift"),
                .product(name: "OpenCXSQLite", package: "opencx-swift"),
                .product(name: "OpenCXTesting", package: "opencx-swift"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
