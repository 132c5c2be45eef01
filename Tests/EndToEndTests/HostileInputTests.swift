// SPDX-License-Identifier: Apache-2.0
import Foundation
import Phantoms
import Testing

@Suite("The command under hostile conditions")
final class HostileInputTests: CommandFolder {
  /// Runs a line of the shell, in which `$O` is the command.
  private func shell(_ line: String) throws -> Command.Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(["O": Command.url.path]) { $1 }
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let told = output.fileHandleForReading.readDataToEndOfFile()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Command.Result(
      status: process.terminationStatus, output: told, errors: String(decoding: said, as: UTF8.self))
  }

  private func makeCase() throws {
    #expect(try run("phantom", "write", "spheres", "-o", "phantom").status == 0)
    #expect(try run("import", "--structures", "phantom/structures.dcm", "-o", "case").status == 0)
  }

  @Test("standard streams that are closed, folders, or full: words and a status, no signal")
  func streams() throws {
    try makeCase()
    for (line, status) in [
      ("$O measure - <&-", 65), ("$O measure - < case", 65), ("$O measure - < /dev/null", 65),
      ("$O measure case > /dev/full", 73), ("$O measure case >&-", 73),
      ("$O measure case 2>&- > /dev/null", 0),
      ("$O measure absent 2> /dev/full", 66), ("cat case/case.json | $O measure - | head -c 0", 0),
    ] as [(String, Int32)] {
      #expect(try shell(line).status == status, "\(line)")
    }
    #expect(try shell("$O measure case > /dev/full").errors.contains("standard output: the disk is full"))
  }

  @Test("outputs over the case, into it and over one another: refused, and the case is as it was")
  func outputs() throws {
    try makeCase()
    let before = try shell("cat case/* | sha256sum").text
    for line in [
      "$O plan case -o case/case.json", "$O plan case/case.json -o case/plan.json",
      "$O export case --as rtstruct -o case/bodies.bin", "$O export case --as csv -o case",
      "$O plan case --modality metastasectomy -o a --structures a",
      "$O plan case --modality metastasectomy --structures case/case.json",
    ] {
      let result = try shell(line)
      #expect(result.status == 73 && result.errors.contains("would"), "\(line): \(result.errors)")
    }
    #expect(try shell("cat case/* | sha256sum").text == before)
    #expect(!exists("a"))
  }

  @Test("a full disk: what stood there stays, and nothing is left beside it")
  func fullDisk() throws {
    try makeCase()
    let before = try shell("cat case/* | sha256sum").text
    // A limit of a file's size stands for the disk's end: both are met while writing.
    let result = try shell("ulimit -f 8; $O import --structures phantom/structures.dcm -o case")
    #expect(result.status == 73 && result.errors.contains("larger than the system allows"))
    #expect(try shell("cat case/* | sha256sum").text == before)
    #expect(try shell("ls -A | grep '^\\.case'").text.isEmpty)
  }

  @Test("an absent or broken structure set beside a good dose: a status each time, never a signal")
  func races() throws {
    #expect(try run("phantom", "write", "thorax", "-o", "phantom").status == 0)
    try write("broken.dcm", "no DICOM")
    #expect(exists("phantom/dose.dcm"))
    let line = """
      for i in $(seq 40); do
        $O import --structures absent.dcm --dose phantom/dose.dcm -o x; echo $?
        $O dvh --structures broken.dcm --dose phantom/dose.dcm; echo $?
      done 2> /dev/null | sort | uniq -c | tr -s ' '
      """
    #expect(try shell(line).text == " 40 65\n 40 66\n")
  }

  @Test("pipes of the shell as inputs: the same case as the files")
  func substitution() throws {
    #expect(try run("phantom", "write", "spheres", "-o", "phantom").status == 0)
    let piped = try shell(
      "$O import --structures <(cat phantom/structures.dcm) --patient <(cat phantom/patient.yaml) -o piped")
    #expect(piped.status == 0, "\(piped.errors)")
    #expect(
      try run(
        "import", "--structures", "phantom/structures.dcm", "--patient", "phantom/patient.yaml", "-o", "plain"
      )
      .status == 0)
    let hashes = "grep -o '\"sha256\" : \"[0-9a-f]*\"'"
    let same = try shell(
      "cmp <(\(hashes) piped/case.json) <(\(hashes) plain/case.json) && cmp piped/bodies.bin plain/bodies.bin"
    )
    #expect(same.status == 0)
  }

  @Test("arguments and names that steer a terminal are written out, and forge no line")
  func terminal() throws {
    let result = try shell(
      "$O measure $'x\\e[2J\\nerror: forged' ; $O bogus$'\\e[31m' ; $O import --lesions $'a\\nerror: b' -o c")
    #expect(!result.errors.contains("\u{1B}"))
    #expect(!result.errors.contains("\nerror: forged") && !result.errors.contains("\nerror: b"))
    #expect(result.errors.contains("<U+001B>[2J"))
  }

  @Test("DICOM without DCMTK's dictionary: what to install")
  func dictionary() throws {
    #expect(try run("phantom", "write", "spheres", "-o", "phantom").status == 0)
    let result = try shell("DCMDICTPATH=/absent $O import --structures phantom/structures.dcm -o c")
    #expect(result.status == 65 && result.errors.contains("dictionary"))
  }
}
