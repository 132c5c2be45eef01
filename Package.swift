// swift-tools-version: 6.2
import PackageDescription

// The C and C++ shims are what files from elsewhere reach first: overruns of the stack and of buffers stop the process.
let hardenedC = CSetting.unsafeFlags(["-fstack-protector-strong"])
let hardenedCxx = CXXSetting.unsafeFlags(["-fstack-protector-strong"])
let fortifiedC = CSetting.define("_FORTIFY_SOURCE", to: "2", .when(configuration: .release))
let fortifiedCxx = CXXSetting.define("_FORTIFY_SOURCE", to: "2", .when(configuration: .release))

// One direction of dependency: every target lists what it may import, and
// Tests/HouseTests holds the sources against the same table.
let package = Package(
  name: "OligoPlan",
  products: [
    .library(name: "OligoPlan", targets: ["Planning", "Triage", "Interchange", "Report"]),
    .executable(name: "oligoplan", targets: ["oligoplan"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // Thin C targets over system libraries and shipped data; each is imported by exactly one module.
    .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
    .systemLibrary(name: "CCBC", pkgConfig: "cbc", providers: [.apt(["coinor-libcbc-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(
      name: "CDCMTK", cxxSettings: [hardenedCxx, fortifiedCxx],
      linkerSettings: [
        .linkedLibrary("dcmjpeg"), .linkedLibrary("dcmjpls"), .linkedLibrary("dcmimgle"),
        .linkedLibrary("dcmdata"), .linkedLibrary("oflog"), .linkedLibrary("ofstd"),
      ]),
    .target(
      name: "CNIfTI",
      cSettings: [.headerSearchPath("forward"), .headerSearchPath("private"), hardenedC, fortifiedC],
      linkerSettings: [.linkedLibrary("nifti2"), .linkedLibrary("znz")]),
    .target(
      name: "COpenJPEG", cSettings: [hardenedC, fortifiedC],
      linkerSettings: [.linkedLibrary("openjp2")]),
    .target(
      name: "CCompression", cSettings: [hardenedC, fortifiedC],
      linkerSettings: [.linkedLibrary("z"), .linkedLibrary("zstd")]),
    .target(name: "CFiles", cSettings: [hardenedC, fortifiedC]),
    .target(name: "CProtocolData", exclude: ["protocol"]),
    .target(name: "CReportPage", exclude: ["page"]),

    .target(name: "Packing", dependencies: ["CCompression"]),
    .target(name: "Quantities"),
    .target(name: "Parallelism"),
    .target(name: "Vocabulary"),
    .target(name: "Evidence", dependencies: ["Vocabulary"]),
    .target(name: "Facts", dependencies: ["Vocabulary"]),
    .target(name: "Reasons", dependencies: ["Vocabulary", "Facts"]),
    .target(name: "Optimization", dependencies: ["CCBC"]),
    .target(name: "Registry", dependencies: [.product(name: "GRDB", package: "GRDB.swift")]),
    .target(name: "PlanarGeometry", dependencies: ["Quantities", "CGEOS"]),
    .target(name: "Anatomy", dependencies: ["Parallelism", "Quantities", "Vocabulary", "PlanarGeometry"]),
    .target(
      name: "Imaging", dependencies: ["Parallelism", "Quantities", "Vocabulary", "PlanarGeometry", "Anatomy"]),
    .target(
      name: "Dosimetry",
      dependencies: ["Parallelism", "Quantities", "Vocabulary", "Evidence", "PlanarGeometry", "Anatomy"]),
    .target(
      name: "Cases",
      dependencies: ["Parallelism", "Quantities", "Vocabulary", "Facts", "Anatomy", "Imaging", "Dosimetry"]),
    .target(name: "Eligibility", dependencies: ["Quantities", "Vocabulary", "Evidence", "Facts", "Reasons"]),
    .target(
      name: "Radiotherapy",
      dependencies: [
        "Parallelism",
        "Quantities", "Vocabulary", "Evidence", "Anatomy", "Dosimetry", "Cases", "Facts", "Reasons",
        "Eligibility",
      ]),
    .target(
      name: "Ablation",
      dependencies: [
        "Parallelism",
        "Quantities", "Vocabulary", "Evidence", "Anatomy", "Cases", "Facts", "Reasons", "Eligibility",
        "Optimization",
      ]),
    .target(
      name: "Resection",
      dependencies: [
        "Parallelism",
        "Quantities", "Vocabulary", "Evidence", "PlanarGeometry", "Anatomy", "Cases", "Facts", "Reasons",
        "Eligibility",
      ]),
    .target(
      name: "Planning",
      dependencies: [
        "Parallelism",
        "Quantities", "Vocabulary", "Evidence", "Anatomy", "Dosimetry", "Cases", "Facts", "Reasons",
        "Eligibility",
        "Radiotherapy", "Ablation", "Resection", "Optimization",
      ]),
    .target(
      name: "Triage",
      dependencies: [
        "Quantities", "Vocabulary", "Evidence", "Anatomy", "Dosimetry", "Cases", "Facts", "Reasons",
        "Eligibility", "Radiotherapy", "Resection", "Planning",
      ]),
    .target(
      name: "Interchange",
      dependencies: [
        "Parallelism",
        "Quantities", "Vocabulary", "Evidence", "PlanarGeometry", "Anatomy", "Imaging", "Dosimetry", "Cases",
        "Facts", "Reasons", "Eligibility", "Radiotherapy", "Ablation", "Resection", "Planning", "Triage",
        "Optimization", "Registry", "CDCMTK",
        "CNIfTI", "COpenJPEG", "Packing", "CCrypto", "CFiles", "CProtocolData", "Yams", "Report",
      ]),
    .target(
      name: "Report",
      dependencies: [
        "Parallelism",
        "Quantities", "Vocabulary", "Evidence", "PlanarGeometry", "Anatomy", "Imaging", "Dosimetry", "Cases",
        "Facts", "Reasons", "Eligibility", "Radiotherapy", "Ablation", "Resection", "Planning", "Triage",
        "Packing", "CReportPage",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    .target(
      name: "Phantoms",
      dependencies: [
        "Quantities", "Vocabulary", "Facts", "PlanarGeometry", "Anatomy", "Imaging", "Dosimetry", "Cases",
      ],
      path: "Phantoms"),
    .executableTarget(
      name: "oligoplan",
      dependencies: [
        "Quantities", "Vocabulary", "Evidence", "Anatomy", "Imaging", "Dosimetry", "Cases", "Facts",
        "Reasons",
        "Eligibility",
        "Radiotherapy", "Ablation", "Resection", "Planning", "Triage", "Registry", "Interchange", "Report",
        "Phantoms",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tools/oligoplan",
      // Addresses of library functions are settled at the start and then cannot be written to.
      linkerSettings: [.unsafeFlags(["-Xlinker", "-z", "-Xlinker", "now"])]),
    .executableTarget(
      name: "oligoplan-truth",
      dependencies: [
        "Quantities", "Facts", "PlanarGeometry", "Anatomy", "Dosimetry", "Cases", "Interchange", "Phantoms",
      ],
      path: "Tools/crosscheck/oligoplan-truth"),
    .executableTarget(
      name: "oligoplan-bench",
      dependencies: [
        "Quantities", "Vocabulary", "PlanarGeometry", "Anatomy", "Dosimetry", "Cases", "Facts", "Reasons",
        "Eligibility",
        "Radiotherapy", "Ablation", "Resection", "Planning", "Interchange",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tools/bench/oligoplan-bench"),

    // What several test targets share; nothing but tests depends on it.
    .target(name: "Fixtures", path: "Tests/Fixtures"),
    .testTarget(name: "HouseTests", dependencies: ["Facts", "Vocabulary"]),
    .testTarget(name: "QuantitiesTests", dependencies: ["Quantities"]),
    .testTarget(name: "VocabularyTests", dependencies: ["Vocabulary"]),
    .testTarget(
      name: "ReportTests",
      dependencies: [
        "Report", "Reasons", "Facts", "Vocabulary", "Dosimetry", "Evidence", "Imaging", "Packing", "Cases",
        "Anatomy",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    .testTarget(
      name: "CasesTests", dependencies: ["Cases", "Anatomy", "PlanarGeometry", "Vocabulary"]),
    .testTarget(
      name: "ImagingTests",
      dependencies: ["Imaging", "Anatomy", "PlanarGeometry", "Quantities", "Vocabulary", "Cases", "Phantoms"]),
    .testTarget(name: "FactsTests", dependencies: ["Facts", "Vocabulary"]),
    .testTarget(name: "OptimizationTests", dependencies: ["Optimization", "Phantoms"]),
    .testTarget(name: "PlanarGeometryTests", dependencies: ["PlanarGeometry", "Quantities"]),
    .testTarget(
      name: "AnatomyTests",
      dependencies: ["Anatomy", "PlanarGeometry", "Quantities", "Vocabulary", "Phantoms", "Facts", "Cases"]),
    .testTarget(
      name: "DosimetryTests",
      dependencies: ["Dosimetry", "Anatomy", "PlanarGeometry", "Quantities", "Phantoms"]),
    .testTarget(
      name: "RadiotherapyTests",
      dependencies: [
        "Radiotherapy", "Dosimetry", "Anatomy", "PlanarGeometry", "Quantities", "Vocabulary", "Evidence",
        "Facts", "Reasons", "Eligibility", "Cases", "Planning", "Interchange", "Phantoms", "Yams",
      ]),
    .testTarget(
      name: "AblationTests",
      dependencies: [
        "Ablation", "Anatomy", "PlanarGeometry", "Quantities", "Vocabulary", "Evidence", "Facts", "Reasons",
        "Eligibility",
        "Cases",
        "Planning", "Interchange", "Phantoms",
      ]),
    .testTarget(
      name: "ResectionTests",
      dependencies: [
        "Resection", "Anatomy", "PlanarGeometry", "Quantities", "Vocabulary", "Evidence", "Facts", "Reasons",
        "Eligibility",
        "Cases", "Planning", "Interchange", "Phantoms",
      ]),
    .testTarget(
      name: "EligibilityTests",
      dependencies: [
        "Facts", "Reasons", "Eligibility", "Evidence", "Vocabulary", "Planning", "Interchange", "Cases",
        "Quantities",
        "Report", "Resection", "Phantoms", "Anatomy",
      ]),
    .testTarget(
      name: "PlanningTests",
      dependencies: [
        "Parallelism",
        "Planning", "Optimization", "Facts", "Reasons", "Eligibility", "Evidence", "Vocabulary",
        "Interchange", "Cases",
        "Anatomy",
        "Dosimetry",
        "PlanarGeometry", "Quantities", "Radiotherapy", "Ablation", "Resection", "Report", "Phantoms", "Yams",
      ], exclude: ["Vignettes"]),
    .testTarget(
      name: "RegistryTests", dependencies: ["Registry", .product(name: "GRDB", package: "GRDB.swift")]),
    .testTarget(
      name: "TriageTests",
      dependencies: [
        "Triage", "Planning", "Interchange", "Cases", "Facts", "Eligibility", "Radiotherapy", "Resection",
        "Vocabulary", "Quantities", "Anatomy", "PlanarGeometry", "Phantoms",
      ]),
    .testTarget(
      name: "InterchangeTests",
      dependencies: [
        "Interchange", "Cases", "Anatomy", "Imaging", "PlanarGeometry", "Quantities", "Vocabulary",
        "Phantoms",
        "Planning", "Facts", "Reasons", "Eligibility", "Evidence", "Dosimetry", "Radiotherapy", "Ablation",
        "Resection", "Report", "Fixtures",
      ], exclude: ["Golden"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "oligoplan", "Interchange", "Report", "Phantoms", "Facts", "Cases", "Anatomy", "Quantities",
        "Fixtures",
      ], exclude: ["Golden", "Protocols"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x,
  cxxLanguageStandard: .cxx17
)

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]
let cTargets: Set<String> = ["CDCMTK", "CCompression", "COpenJPEG", "CNIfTI", "CFiles", "CProtocolData"]
for target in package.targets where target.type != .system && !cTargets.contains(target.name) {
  target.swiftSettings = (target.swiftSettings ?? []) + strict
}
// Tests that calculate nothing slow themselves: optimizing them takes longer than they run (EndToEndTests 61 s of compiling, 36 s so).
let plainTests: Set<String> = [
  "CasesTests", "EligibilityTests", "EndToEndTests", "FactsTests", "ImagingTests", "InterchangeTests",
  "QuantitiesTests",
  "RegistryTests", "ReportTests", "ResectionTests", "TriageTests", "VocabularyTests",
]
for target in package.targets where plainTests.contains(target.name) {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .unsafeFlags(["-Onone"], .when(configuration: .release))
    ]
}
