// SPDX-License-Identifier: Apache-2.0
internal import CCrypto
internal import Foundation

/// A SHA-256 that is fed piece by piece (libcrypto, `EVP_Digest`); libcrypto cannot fail here but for want of memory.
final class RunningHash {
  private let context = EVP_MD_CTX_new()

  init() { EVP_DigestInit_ex(context, EVP_sha256(), nil) }

  deinit { EVP_MD_CTX_free(context) }

  func add(_ data: Data) { data.withUnsafeBytes { add($0) } }

  func add(_ bytes: UnsafeRawBufferPointer) { EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }

  func hexadecimal() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    let done = EVP_DigestFinal_ex(context, &digest, &length)
    precondition(done == 1 && length == 32, "SHA-256 is part of every libcrypto")
    return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
