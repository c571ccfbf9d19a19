import Monitoring
import Telemetry

/// One screen of the dashboard: what can be selected in it, how it is drawn, what enter opens.
///
/// Pure: everything comes from the situation and the dashboard's own small state. A view is one file
/// in this folder and one line in `allViews`.
protocol View: Sendable {
  var name: String { get }
  /// Names of the keys of the table to hint at, the most useful first.
  var hints: [String] { get }
  /// The rows that can be selected, by pane, in the order they are drawn.
  func panes(_ situation: Situation, _ dashboard: Dashboard) -> [[String]]
  func draw(_ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame)
  /// Where enter leads; nil: nowhere.
  func opening(_ situation: Situation, _ dashboard: Dashboard) -> Opening?
  /// What is selected, for the crumbs and for copying.
  func subject(_ situation: Situation, _ dashboard: Dashboard) -> String?
}

/// The place that enter leads to.
struct Opening {
  var view: Int
  var filter = ""
  var pane = 0
  var selection: String?
}

/// All views in the order of their number keys.
let allViews: [any View] = [
  OverviewView(), RegionsView(), ReplicationView(), FailoverView(), AlarmsView(), MetricsView(),
  EventsView(), SourcesView(),
]

/// The places of views in `allViews`, for what leads from one to another.
enum ViewNumber {
  static let overview = 0
  static let regions = 1
  static let replication = 2
  static let failover = 3
  static let alarms = 4
  static let metrics = 5
  static let events = 6
}
