import Documents
import Telemetry

/// Why a composite alarm changed its state, in CloudWatch's own words.
struct CompositeReason {
  /// The composite alarm's ARN, or its name.
  let name: String
  let state: AlarmState
  /// The children that did it; empty: a condition on the estate did; nil: it was made.
  let triggers: [Trigger]?
  /// All children, which are in the data of a new alarm.
  let children: [Trigger]

  struct Trigger {
    /// The ARN where it is known, else the name.
    var alarm: String
    var state: AlarmState
    var time: Timestamp
  }

  /// `<arn> transitioned to ALARM at Friday 22 July, 2022 15:57:45 UTC`.
  var text: String {
    guard let triggers else {
      return "\(name) was created and its alarm rule evaluates to \(state.rawValue)"
    }
    guard let trigger = triggers.first else {
      return "The conditions of \(name) changed and its alarm rule evaluates to \(state.rawValue)"
    }
    return "\(trigger.alarm) transitioned to \(trigger.state.rawValue) at \(trigger.time.longText)"
  }

  /// CloudWatch's `StateReasonData`.
  var data: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.array("triggeringAlarms", triggers ?? children) { writer, trigger in
        writer.object { writer in
          writer.member("arn", trigger.alarm)
          writer.object("state") { writer in
            writer.member("value", trigger.state.rawValue)
            writer.member("timestamp", trigger.time.awsText)
          }
        }
      }
    }
    return writer.text
  }
}

extension Timestamp {
  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// The spelling of composite alarms' reasons: `Friday 22 July, 2022 15:57:45 UTC`.
  fileprivate var longText: String {
    let civil = CivilTime(self)
    let day = civil.day < 10 ? "0\(civil.day)" : String(civil.day)
    return "\(Self.weekdays[civil.weekday - 1]) \(day) \(Self.months[civil.month - 1]), "
      + "\(civil.year) \(clockText) UTC"
  }
}
