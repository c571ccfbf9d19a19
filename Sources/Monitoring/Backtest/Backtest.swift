import Documents
import Telemetry

/// What alarms, and variants of them, would have done over a recording.
///
/// All variants are alarms of one engine, so the data are passed once, and a backtest decides as the
/// dashboard, `check` and `replay` do.
package struct Backtest: Sendable {
  /// What the alarms were made into, in the order of the file, then of the variations.
  package private(set) var variants: [Variant] = []
  /// What was left out or taken for granted, as sentences.
  package private(set) var notes: [String] = []
  /// The recording, by name, for labels.
  private let names: [String]

  /// An alarm with one choice of values.
  package struct Variant: Hashable, Sendable {
    package var name: String
    package var choices: [AlarmVariation.Choice]
    /// As evaluated, under names that are unique: one definition, or one for each nameless series.
    package var definitions: [AlarmDefinition]
  }

  /// Binds alarms to what a recording holds (`metrics`); `names` are the paths of the recordings.
  package init(
    alarms: [AlarmDefinition], variations: [AlarmVariation] = [], metrics: [MetricID],
    names: [String]
  ) {
    self.names = names
    let rows = AlarmVariation.combinations(variations)
    for alarm in alarms {
      if alarm.composite != nil {
        notes.append("alarm \(alarm.name): composite alarms are left out, only metrics are tested")
        continue
      }
      let bound = bind(alarm, to: metrics)
      for choices in rows { add(alarm, choices, bound) }
    }
  }

  private mutating func add(
    _ alarm: AlarmDefinition, _ choices: [AlarmVariation.Choice], _ bound: [AlarmDefinition]
  ) {
    var variant = Variant(name: alarm.name, choices: choices, definitions: [])
    do throws(Fault) {
      for definition in bound {
        var changed = try definition.with(choices)
        changed.name = "\(alarm.name)#\(variants.count).\(variant.definitions.count)"
        variant.definitions.append(changed)
      }
      variants.append(variant)
    } catch {
      notes.append("alarm \(alarm.name): \(error)")
    }
  }

  /// Lets an alarm that reads nothing of the recording read the series without a namespace.
  private mutating func bind(
    _ alarm: AlarmDefinition, to metrics: [MetricID]
  ) -> [AlarmDefinition] {
    if alarm.reads(anyOf: metrics) { return [alarm] }
    let nameless = alarm.isOnMath ? [] : metrics.filter { $0.namespace.isEmpty }
    if nameless.isEmpty {
      notes.append("alarm \(alarm.name): nothing in the recording is its metric")
      return [alarm]
    }
    notes.append(alarm.note(ofBindingTo: nameless))
    return nameless.map(alarm.bound)
  }

  /// Passes the records once and tells what each variant did; `end` is where evaluation stops.
  package func run(
    _ batches: some Sequence<Batch>, from start: Timestamp, to end: Timestamp,
    labels: LabelledWindows? = nil
  ) -> BacktestResult {
    var retention = SeriesStore.Retention()
    retention.milliseconds = max(retention.milliseconds, end - start + 86_400_000)
    var options = EngineOptions()
    options.tellsReasons = false
    var engine = Engine(
      alarms: variants.flatMap(\.definitions), options: options, retention: retention)
    for batch in batches {
      engine.ingest(batch)
      guard let last = batch.samples.last?.arrival else { continue }
      _ = engine.advance(to: max(engine.now ?? last, min(last, end)))
    }
    _ = engine.advance(to: max(end, engine.now ?? end))
    return BacktestResult(self, engine: engine, start: start, end: end) { series in
      guard let labels else { return nil }
      let metric = engine.store.metric(series)
      let known = engine.store.metrics.count == 1
      return labels.windows(of: [metric.name] + (known ? names : []), isOnly: known)
    }
  }
}
