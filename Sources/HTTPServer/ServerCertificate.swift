import HummingbirdCore

#if TLS
import HummingbirdTLS
import NIOSSL
#endif

/// The PEM files by which a listener speaks TLS.
///
/// Only in builds with the package trait `TLS`.
package struct ServerCertificate: Hashable, Sendable {
  package var certificate: String
  package var key: String

  package init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }

  /// Whether this build can speak TLS.
  package static var isSupported: Bool {
    #if TLS
    true
    #else
    false
    #endif
  }
}

extension HTTPServerBuilder {
  /// The same server behind TLS 1.2 or later; without a certificate, as it is.
  func secured(by certificate: ServerCertificate?) throws -> HTTPServerBuilder {
    guard let certificate else { return self }
    #if TLS
    let chain = try NIOSSLCertificate.fromPEMFile(certificate.certificate)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: certificate.key, format: .pem)))
    configuration.minimumTLSVersion = .tlsv12
    return try .tls(self, tlsConfiguration: configuration)
    #else
    preconditionFailure("a certificate in a build without TLS: \(certificate.certificate)")
    #endif
  }
}
