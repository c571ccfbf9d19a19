// swift-tools-version: 6.2
import PackageDescription

// MERIDIAN_CORE=1 leaves out every target that needs a third-party package: what the sanitizers and
// fuzzers build.
let coreOnly = Context.environment["MERIDIAN_CORE"] != nil

let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// `swift build --traits TLS`: listeners that speak TLS themselves (a longer build, with BoringSSL);
// `--traits GRPC`: OTLP/gRPC, which needs BoringSSL, too.
var traits: Set<Trait> = []
var products: [Product] = []
var dependencies: [Package.Dependency] = []

var targets: [Target] = [
  .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
  .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
  .target(name: "CSockets"),
  .target(name: "Telemetry", swiftSettings: settings),
  .target(name: "Documents", swiftSettings: settings),
  .target(name: "WireFormats", dependencies: ["Telemetry", "Documents"], swiftSettings: settings),
  .target(
    name: "Collectors",
    dependencies: ["WireFormats", "Telemetry", "Documents", "CZlib", "CZstd", "CSockets"],
    swiftSettings: settings),
  .target(name: "Monitoring", dependencies: ["Telemetry", "Documents"], swiftSettings: settings),
  .target(
    name: "Reports", dependencies: ["Monitoring", "Telemetry", "Documents"],
    swiftSettings: settings),
  .target(
    name: "Dashboard", dependencies: ["Monitoring", "Telemetry", "Documents"],
    swiftSettings: settings),
  .target(
    name: "Endpoints",
    dependencies: ["Collectors", "WireFormats", "Monitoring", "Telemetry", "Documents"],
    swiftSettings: settings),
  .testTarget(name: "TelemetryTests", dependencies: ["Telemetry"], swiftSettings: settings),
  .testTarget(
    name: "EndpointsTests",
    dependencies: [
      "Endpoints", "Collectors", "WireFormats", "Monitoring", "Telemetry", "Documents",
    ],
    exclude: ["Captures"], swiftSettings: settings),
  .testTarget(name: "DocumentsTests", dependencies: ["Documents"], swiftSettings: settings),
  .testTarget(
    name: "WireFormatsTests", dependencies: ["WireFormats", "Telemetry", "Documents"],
    resources: [.copy("Fixtures"), .copy("Captures")], swiftSettings: settings),
  .testTarget(
    name: "CollectorsTests", dependencies: ["Collectors", "WireFormats", "Telemetry", "Documents"],
    swiftSettings: settings),
  .target(name: "LabelledMetrics", path: "Tests/LabelledMetrics", swiftSettings: settings),
  .testTarget(
    name: "MonitoringTests",
    dependencies: ["Monitoring", "Telemetry", "Documents", "LabelledMetrics"],
    swiftSettings: settings),
  .testTarget(
    name: "ReportsTests",
    dependencies: ["Reports", "Monitoring", "Telemetry", "Documents"],
    swiftSettings: settings),
  .testTarget(
    name: "DashboardTests", dependencies: ["Dashboard", "Monitoring", "Telemetry", "Documents"],
    exclude: ["Snapshots"],
    swiftSettings: settings),
]

if !coreOnly {
  dependencies += [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    // Without its traits it needs no full Foundation.
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/grpc/grpc-swift-2", exact: "2.4.3"),
    .package(url: "https://github.com/grpc/grpc-swift-nio-transport", exact: "2.9.2"),
  ]
  traits.insert(.trait(name: "TLS", description: "HTTP listeners speak TLS themselves."))
  traits.insert(.trait(name: "GRPC", description: "OTLP is taken by gRPC, too."))
  products.append(.executable(name: "meridian", targets: ["meridian"]))
  targets += [
    .target(
      name: "ConfigurationFiles",
      dependencies: [
        "Documents", "Monitoring", "Dashboard", "Telemetry",
        .product(name: "Yams", package: "Yams"),
      ],
      resources: [.embedInCode("Catalog"), .embedInCode("Themes")], swiftSettings: settings),
    .target(
      name: "Simulation", dependencies: ["Telemetry", "Documents", "Monitoring"],
      swiftSettings: settings),
    .target(
      name: "Storage",
      dependencies: [
        "Monitoring", "Telemetry", "Documents", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings),
    .target(
      name: "HTTPServer",
      dependencies: [
        "Endpoints", "WireFormats", "Telemetry",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(
          name: "HummingbirdTLS", package: "hummingbird", condition: .when(traits: ["TLS"])),
        .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["TLS"])),
        .product(name: "GRPCCore", package: "grpc-swift-2", condition: .when(traits: ["GRPC"])),
        .product(
          name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport",
          condition: .when(traits: ["GRPC"])),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .target(
      name: "CNcurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .executableTarget(
      name: "meridian",
      dependencies: [
        "Telemetry", "Documents", "WireFormats", "Collectors", "Monitoring", "Dashboard",
        "ConfigurationFiles", "Simulation", "Storage", "Reports", "CNcurses", "Endpoints",
        "HTTPServer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ConfigurationFilesTests",
      dependencies: ["ConfigurationFiles", "Monitoring", "Dashboard", "Telemetry", "Documents"],
      swiftSettings: settings),
    .testTarget(
      name: "SimulationTests",
      dependencies: [
        "Simulation", "ConfigurationFiles", "Collectors", "WireFormats", "Monitoring", "Telemetry",
        "Documents",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "StorageTests",
      dependencies: [
        "Storage", "Monitoring", "Telemetry", "Documents",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "meridianTests",
      dependencies: [
        "meridian", "Dashboard", "Monitoring", "Telemetry", "Documents", "ConfigurationFiles",
        "Collectors", "WireFormats", "Storage", "Reports", "HTTPServer",
      ],
      swiftSettings: settings),
  ]
}

// FUZZ=1 adds the fuzzer of the wire formats, together with MERIDIAN_CORE=1; see Fuzz/run.
if Context.environment["FUZZ"] != nil {
  targets.append(
    .executableTarget(
      name: "fuzz-wire-formats", dependencies: ["WireFormats", "Telemetry"], path: "Fuzz",
      exclude: ["run", "mutate.py"],
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]))
}

// MERIDIAN_BENCHMARKS=1 adds the benchmarks (release builds only).
if Context.environment["MERIDIAN_BENCHMARKS"] != nil {
  targets.append(
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "Telemetry", "Documents", "WireFormats", "Collectors", "Monitoring", "Dashboard",
        "LabelledMetrics",
      ],
      path: "Benchmarks", swiftSettings: settings))
}

let package = Package(
  name: "meridian", platforms: [.macOS(.v15)], products: products, traits: traits,
  dependencies: dependencies, targets: targets, swiftLanguageModes: [.v6])
