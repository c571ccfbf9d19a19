/// CloudWatch's three states of an alarm.
package enum AlarmState: String, Hashable, Sendable, CaseIterable {
  case ok = "OK"
  case alarm = "ALARM"
  case insufficientData = "INSUFFICIENT_DATA"
}

/// How much an alarm matters: its tag `severity`.
package enum AlarmSeverity: String, Hashable, Sendable, CaseIterable {
  case critical
  case warning
}
