import ConfigurationFiles
import HTTPServer
import Testing

@testable import meridian

struct ListenSettingTests {
  private static func setting(
    _ kind: ListenSetting.Kind, _ address: String, token: String? = nil,
    keys: [String: String] = [:], encryption: ListenAccess.Encryption = .none
  ) -> ListenSetting {
    var setting = ListenSetting(kind: kind, address: address)
    (setting.access.token, setting.access.keys) = (token, keys)
    setting.access.encryption = encryption
    return setting
  }

  @Test(arguments: [
    setting(.cloudwatch, "127.0.0.1:8085"), setting(.otlp, "[::1]:4318"), setting(.influx, "8086"),
    setting(.cloudwatch, "0.0.0.0:8085", keys: ["A": "secret"], encryption: .proxy),
    setting(.otlp, "0.0.0.0:4318", token: "secret", encryption: .files(certificate: "", key: "")),
  ])
  func `what only this machine reaches, or is guarded and encrypted, may be listened on`(
    _ setting: ListenSetting
  ) throws {
    #expect(throws: Never.self) { _ = try setting.checkedAddress() }
  }

  @Test(arguments: [
    (setting(.cloudwatch, "0.0.0.0:8085"), "it needs keys: {ACCESSKEY: secret}"),
    (setting(.otlp, "10.0.0.5:4318"), "it needs token: …"),
    (setting(.otlp, "127.example.org:4318"), "it needs token: …"),
    (setting(.otlp, "0.0.0.0:4318", token: "secret"), "`tls: proxy` where a proxy before it"),
    (setting(.cloudwatch, "0.0.0.0:8085", encryption: .proxy), "it needs keys"),
    (setting(.otlp, "nowhere"), "'nowhere' is not an address such as 127.0.0.1:8085"),
  ])
  func `anything wider is refused, and what it lacks is said`(
    _ setting: ListenSetting, words: String
  ) throws {
    let failure = #expect(throws: Failure.self) { _ = try setting.checkedAddress() }
    #expect(failure?.sentence.contains(words) == true, "\(String(describing: failure))")
  }
}
