// swift-tools-version: 6.2
import PackageDescription

// One table of adapters drives targets and products; one loop at the end sets the settings for all of them.
// The core and the platform module stand apart: everything depends on the first, and nothing but wiring on the second. So
// do the HTTP client and the webhooks, which belong to no umbrella.

/// An adapter: one vendor or one mechanism, one folder, one target, one product.
struct Adapter {
    var name: String
    var path: String
    var dependencies: [Target.Dependency] = []
    /// The umbrella product that re-exports it.
    var umbrella: String
}

let adapters: [Adapter] = [
    Adapter(name: "OpenCXWeb", path: "Sources/OpenCXChannels/Web", umbrella: "OpenCXChannels"),
    Adapter(
        name: "OpenCXWidget", path: "Sources/OpenCXChannels/Widget", dependencies: ["OpenCXAccess", "OpenCXCrypto"],
        umbrella: "OpenCXChannels"),
    Adapter(
        name: "OpenCXTwilio", path: "Sources/OpenCXChannels/Twilio", dependencies: ["OpenCXCrypto"],
        umbrella: "OpenCXChannels"),
    Adapter(
        name: "OpenCXEmail", path: "Sources/OpenCXChannels/Email",
        dependencies: ["CCurl", "CGMime", "CGumbo", "HTMLMarkdown", "MailSenders", "Markdown", "OpenCXCrypto"],
        umbrella: "OpenCXChannels"),
    Adapter(
        name: "OpenCXFront", path: "Sources/OpenCXHelpdesks/Front",
        dependencies: ["HTMLMarkdown", "HelpdeskSupport", "MailSenders", "Markdown", "OpenCXCrypto"],
        umbrella: "OpenCXHelpdesks"),
    Adapter(name: "OpenCXFileDrop", path: "Sources/OpenCXHelpdesks/FileDrop", umbrella: "OpenCXHelpdesks"),
    Adapter(
        name: "OpenCXZendesk", path: "Sources/OpenCXHelpdesks/Zendesk",
        dependencies: ["HTMLMarkdown", "HelpdeskSupport", "Markdown", "OpenCXCrypto"], umbrella: "OpenCXHelpdesks"),
    Adapter(
        name: "OpenCXSunshine", path: "Sources/OpenCXHelpdesks/Sunshine",
        dependencies: ["HelpdeskSupport", "OpenCXCrypto"], umbrella: "OpenCXHelpdesks"),
    Adapter(
        name: "OpenCXHubSpot", path: "Sources/OpenCXHelpdesks/HubSpot",
        dependencies: ["HelpdeskSupport", "MailSenders", "Markdown", "OpenCXCrypto"], umbrella: "OpenCXHelpdesks"),
    Adapter(
        name: "OpenCXSearch", path: "Sources/OpenCXKnowledge/Search", dependencies: ["CStemmer"],
        umbrella: "OpenCXKnowledge"),
    Adapter(
        name: "OpenCXHelpCenter", path: "Sources/OpenCXKnowledge/HelpCenter", dependencies: ["Markdown", "YAML"],
        umbrella: "OpenCXKnowledge"),
    Adapter(name: "OpenCXOpenAI", path: "Sources/OpenCXModels/OpenAI", umbrella: "OpenCXModels"),
    Adapter(name: "OpenCXAnthropic", path: "Sources/OpenCXModels/Anthropic", umbrella: "OpenCXModels"),
    Adapter(
        name: "OpenCXOpenAPI", path: "Sources/OpenCXActions/OpenAPI", dependencies: ["YAML"], umbrella: "OpenCXActions"),
    Adapter(name: "OpenCXMCP", path: "Sources/OpenCXActions/MCP", umbrella: "OpenCXActions"),
    Adapter(
        name: "OpenCXSQLite", path: "Sources/OpenCXStorage/SQLite", dependencies: ["CSQLite", "CZlib"],
        umbrella: "OpenCXStorage"),
]

/// C libraries of the system, each behind the one target that uses it, or behind a face that several adapters share:
/// (module, pkg-config name, Debian package).
let systemLibraries: [(name: String, pkgConfig: String?, debian: String)] = [
    ("CSQLite", "sqlite3", "libsqlite3-dev"),
    ("CZlib", "zlib", "zlib1g-dev"),
    ("CStemmer", nil, "libstemmer-dev"),
    ("CYAML", "yaml-0.1", "libyaml-dev"),
    ("CMarkdown", "libcmark-gfm", "libcmark-gfm-dev libcmark-gfm-extensions-dev"),
    ("CGMime", "gmime-3.0", "libgmime-3.0-dev"),
    ("CGumbo", "gumbo", "libgumbo-dev"),
    ("CMicrohttpd", "libmicrohttpd", "libmicrohttpd-dev"),
    ("CCurl", "libcurl", "libcurl4-openssl-dev"),
    ("CCrypto", "libcrypto", "libssl-dev"),
]

let umbrellas = [
    "OpenCXChannels", "OpenCXHelpdesks", "OpenCXKnowledge", "OpenCXModels", "OpenCXActions", "OpenCXStorage",
]

var targets: [Target] = [
    .target(name: "OpenCXCore", exclude: ["OpenCXCore.docc"]),
    .target(name: "OpenCXPlatform", dependencies: ["OpenCXCore"], exclude: ["OpenCXPlatform.docc"]),
    .target(name: "OpenCXCurl", dependencies: ["OpenCXCore", "CCurl"], exclude: ["OpenCXCurl.docc"]),
    .target(name: "OpenCXCrypto", dependencies: ["CCrypto"]),
    .target(name: "OpenCXVault", dependencies: ["OpenCXCore", "OpenCXCrypto"], exclude: ["OpenCXVault.docc"]),
    .target(name: "OpenCXAccess", dependencies: ["OpenCXCore", "OpenCXCrypto"], exclude: ["OpenCXAccess.docc"]),
    .target(name: "OpenCXREST", dependencies: ["OpenCXCore", "OpenCXAccess"], exclude: ["OpenCXREST.docc"]),
    .target(name: "OpenCXWebhooks", dependencies: ["OpenCXCore", "OpenCXCrypto"], exclude: ["OpenCXWebhooks.docc"]),
    .target(name: "OpenCXTesting", dependencies: ["OpenCXCore"], exclude: ["OpenCXTesting.docc"]),
    .target(
        name: "OpenCXPages", dependencies: ["OpenCXCore", "OpenCXAccess", "Markdown"], exclude: ["OpenCXPages.docc"]),
    // The Swift faces of C libraries that more than one adapter uses; no products.
    .target(name: "YAML", dependencies: ["CYAML"], path: "Sources/System/YAML"),
    .target(name: "Markdown", dependencies: ["CMarkdown"], path: "Sources/System/Markdown"),
    .target(name: "HTMLMarkdown", dependencies: ["CGumbo"], path: "Sources/System/HTMLMarkdown"),
    // Who in a mail is no person, for all that answer mails; no product.
    .target(name: "MailSenders", path: "Sources/OpenCXChannels/MailSenders"),
    // What helpdesks have in common; no product.
    .target(name: "HelpdeskSupport", dependencies: ["OpenCXCore"], path: "Sources/OpenCXHelpdesks/Support"),
    .target(
        name: "OpenCXDemoServer", dependencies: ["OpenCXCore", "CMicrohttpd"], path: "Sources/opencx-demo/Server"),
    .executableTarget(
        name: "opencx-demo",
        dependencies: [
            "OpenCXCore", "OpenCXPlatform", "OpenCXDemoServer", "OpenCXWeb", "OpenCXWidget", "OpenCXFileDrop",
            "OpenCXSearch", "OpenCXTwilio", "OpenCXEmail", "OpenCXHelpCenter", "OpenCXOpenAPI", "OpenCXOpenAI",
            "OpenCXAnthropic", "OpenCXSQLite", "OpenCXFront", "OpenCXZendesk", "OpenCXSunshine", "OpenCXHubSpot",
            "OpenCXCurl",
            "OpenCXAccess", "OpenCXREST", "OpenCXVault",
            "OpenCXWebhooks", "OpenCXPages", "CZlib",
        ],
        path: "Sources/opencx-demo", exclude: ["Server"]),
    .executableTarget(name: "opencx-simulate", dependencies: ["OpenCXTesting"]),
]
targets += adapters.map { adapter in
    .target(
        name: adapter.name, dependencies: ["OpenCXCore"] + adapter.dependencies, path: adapter.path,
        exclude: ["\(adapter.name).docc"])
}
targets += umbrellas.map { umbrella in
    .target(
        name: umbrella,
        dependencies: adapters.filter { $0.umbrella == umbrella }.map { .byName(name: $0.name) },
        path: "Sources/\(umbrella)",
        exclude: adapters.filter { $0.umbrella == umbrella }.map {
            String($0.path.dropFirst("Sources/\(umbrella)/".count))
        } + (["OpenCXHelpdesks": ["Support"], "OpenCXChannels": ["MailSenders"]][umbrella] ?? []),
        sources: ["Exports.swift"])
}

let tests: [(name: String, dependencies: [Target.Dependency])] = [
    ("OpenCXCoreTests", ["OpenCXCore", "OpenCXTesting", "OpenCXSearch", "OpenCXPlatform"]),
    ("OpenCXSimulationTests", ["OpenCXTesting"]),
    ("OpenCXSearchTests", ["OpenCXCore", "OpenCXSearch", "OpenCXTesting", "CZlib"]),
    ("OpenCXOpenAITests", ["OpenCXCore", "OpenCXOpenAI", "OpenCXTesting"]),
    ("OpenCXAnthropicTests", ["OpenCXCore", "OpenCXAnthropic", "OpenCXTesting"]),
    ("OpenCXModelsTests", ["OpenCXCore", "OpenCXOpenAI", "OpenCXAnthropic", "OpenCXCurl", "OpenCXPlatform"]),
    ("OpenCXHelpCenterTests", ["OpenCXCore", "OpenCXHelpCenter", "OpenCXTesting", "Markdown", "YAML"]),
    ("OpenCXOpenAPITests", ["OpenCXCore", "OpenCXOpenAPI", "OpenCXTesting", "YAML", "CZlib"]),
    ("OpenCXMCPTests", ["OpenCXCore", "OpenCXMCP", "OpenCXTesting"]),
    ("OpenCXSQLiteTests", ["OpenCXCore", "OpenCXSQLite", "OpenCXTesting", "OpenCXPlatform", "CSQLite"]),
    (
        "OpenCXFuzzTests",
        [
            "OpenCXCore", "OpenCXHelpCenter", "OpenCXOpenAPI", "OpenCXMCP", "OpenCXOpenAI", "OpenCXAnthropic",
            "OpenCXWebhooks", "OpenCXWidget", "OpenCXTwilio", "OpenCXEmail", "OpenCXFront", "OpenCXZendesk",
            "OpenCXSunshine", "OpenCXHubSpot", "opencx-demo", "OpenCXTesting", "YAML",
        ]
    ),
    ("OpenCXPagesTests", ["OpenCXCore", "OpenCXAccess", "OpenCXPages", "OpenCXTesting", "Markdown"]),
    ("OpenCXWebTests", ["OpenCXCore", "OpenCXWeb", "OpenCXTesting"]),
    ("OpenCXWidgetTests", ["OpenCXCore", "OpenCXWidget", "OpenCXCrypto", "OpenCXTesting"]),
    ("OpenCXTwilioTests", ["OpenCXCore", "OpenCXTwilio", "OpenCXTesting", "OpenCXCurl", "OpenCXCrypto"]),
    (
        "OpenCXEmailTests",
        ["MailSenders", "OpenCXCore", "OpenCXCrypto", "OpenCXEmail", "OpenCXPlatform", "OpenCXTesting"]
    ),
    ("HelpdeskSupportTests", ["HelpdeskSupport", "OpenCXCore"]),
    ("OpenCXFrontTests", ["OpenCXCore", "OpenCXFront", "OpenCXTesting", "OpenCXCurl", "OpenCXCrypto"]),
    ("OpenCXFileDropTests", ["OpenCXCore", "OpenCXFileDrop", "OpenCXTesting"]),
    ("OpenCXZendeskTests", ["OpenCXCore", "OpenCXCrypto", "OpenCXCurl", "OpenCXTesting", "OpenCXZendesk"]),
    ("OpenCXSunshineTests", ["OpenCXCore", "OpenCXSunshine", "OpenCXTesting"]),
    ("HTMLMarkdownTests", ["HTMLMarkdown", "Markdown"]),
    (
        "OpenCXHubSpotTests",
        ["OpenCXCore", "OpenCXHubSpot", "OpenCXTesting", "OpenCXCurl", "OpenCXCrypto", "OpenCXPlatform"]
    ),
    ("OpenCXCurlTests", ["OpenCXCore", "OpenCXCurl", "CZlib"]),
    ("OpenCXCryptoTests", ["OpenCXCrypto"]),
    ("OpenCXAccessTests", ["OpenCXCore", "OpenCXAccess", "OpenCXSQLite", "OpenCXTesting"]),
    ("OpenCXRESTTests", ["OpenCXCore", "OpenCXAccess", "OpenCXREST", "OpenCXTesting"]),
    ("OpenCXVaultTests", ["OpenCXCore", "OpenCXSQLite", "OpenCXTesting", "OpenCXVault"]),
    (
        "OpenCXWebhooksTests",
        ["OpenCXCore", "OpenCXCurl", "OpenCXDemoServer", "OpenCXTesting", "OpenCXWebhooks"]
    ),
    ("OpenCXDemoServerTests", ["OpenCXCore", "OpenCXDemoServer", "OpenCXTesting"]),
    (
        "OpenCXDemoTests",
        [
            "OpenCXAccess", "OpenCXCore", "opencx-demo", "OpenCXDemoServer", "OpenCXEmail", "OpenCXOpenAPI",
            "OpenCXPages",
            "OpenCXPlatform", "OpenCXSQLite", "OpenCXWeb",
            "OpenCXTesting", "OpenCXVault",
        ]
    ),
]
targets += tests.map {
    .testTarget(
        name: $0.name, dependencies: $0.dependencies,
        exclude: $0.name == "OpenCXSQLiteTests" ? ["Fixtures"] : [])
}

for target in targets {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
    ]
}

targets += systemLibraries.map { library in
    .systemLibrary(
        name: library.name, path: "Sources/System/\(library.name)", pkgConfig: library.pkgConfig,
        providers: [.apt(library.debian.split(separator: " ").map(String.init))])
}

let package = Package(
    name: "opencx-swift",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "OpenCXCore", targets: ["OpenCXCore"]),
        .library(name: "OpenCXPlatform", targets: ["OpenCXPlatform"]),
        .library(name: "OpenCXCurl", targets: ["OpenCXCurl"]),
        .library(name: "OpenCXVault", targets: ["OpenCXVault"]),
        .library(name: "OpenCXAccess", targets: ["OpenCXAccess"]),
        .library(name: "OpenCXREST", targets: ["OpenCXREST"]),
        .library(name: "OpenCXWebhooks", targets: ["OpenCXWebhooks"]),
        .library(name: "OpenCXPages", targets: ["OpenCXPages"]),
        .library(name: "OpenCXTesting", targets: ["OpenCXTesting"]),
        .executable(name: "opencx-demo", targets: ["opencx-demo"]),
    ] + adapters.map { .library(name: $0.name, targets: [$0.name]) }
        + umbrellas.map { .library(name: $0, targets: [$0]) },
    targets: targets,
    swiftLanguageModes: [.v6]
)
