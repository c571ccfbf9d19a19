import Telemetry
import Testing

@testable import Dashboard

@Suite
struct WidgetTests {
  @Test(
    arguments: [
      (nil, "--"), (0, "0ms"), (0.0004, "<1ms"), (0.412, "412ms"), (0.9994, "999ms"),
      (0.9996, "1.0s"),
      (6.8, "6.8s"), (9.94, "9.9s"), (9.96, "10s"), (59.4, "59s"), (59.6, "1m00s"), (94, "1m34s"),
      (336, "5m36s"), (3599.4, "59m59s"), (3599.6, "1h00m"), (5460, "1h31m"), (86_400, "1d 00h"),
      (1_051_200, "12d 04h"), (-2, "-2.0s"), (.nan, "--"), (.infinity, "--"),
    ] as [(Double?, String)])
  func `durations are short and never carry over`(seconds: Double?, text: String) {
    #expect(Quantities.duration(seconds) == text)
  }

  @Test(
    arguments: [
      (60, "60s"), (90, "90s"), (5, "5s"), (300, "5m"), (900, "15m"), (3600, "1h"),
      (5400, "1h30m"),
      (86_400, "1d"), (100, "1m40s"),
    ] as [(Double, String)])
  func `objectives are written as people say them`(seconds: Double, text: String) {
    #expect(Quantities.objective(seconds) == text)
  }

  @Test
  func `numbers have three digits and their unit`() {
    #expect(Quantities.percent(0.0002) == "0.02%")
    #expect(Quantities.percent(0.462) == "46.2%")
    #expect(Quantities.percent(1) == "100%")
    #expect(Quantities.percent(nil) == "--")
    #expect(Quantities.wholePercent(1.567) == "157%")
    #expect(Quantities.wholePercent(0.001) == "<1%")
    #expect(Quantities.count(48_120) == "48.1k")
    #expect(Quantities.count(999_600) == "1.00M")
    #expect(Quantities.count(0) == "0")
    #expect(Quantities.value(412_000_000, unit: "Bytes") == "412MB")
    #expect(Quantities.value(94_000, unit: "Milliseconds") == "1m34s")
    #expect(Quantities.limit(60_000, unit: "Milliseconds") == "60s")
    #expect(Quantities.limit(60_000, unit: nil) == "60k")
    #expect(Quantities.limit(0.5, unit: "Percent") == "0.5%")
    #expect(Quantities.age(7.04) == "7s")
    #expect(Quantities.age(nil) == "--")
  }

  @Test
  func `only what reaches the objective fills a sparkline`() {
    #expect(Sparkline.level(0.005, objective: 60) == 1)
    #expect(Sparkline.level(59.999, objective: 60) == 7)
    #expect(Sparkline.level(60, objective: 60) == 8)
    for lag in stride(from: 0.01, to: 200, by: 0.37) {
      let (one, next) = (
        Sparkline.level(lag, objective: 60), Sparkline.level(lag * 1.1, objective: 60)
      )
      #expect(one <= next)
      #expect((one == 8) == (lag >= 60))
    }
  }

  @Test
  func `a bar grows by eighths and never leaves its width`() {
    var canvas = Canvas(rows: 5, columns: 4)
    for (row, share) in [0, 0.1, 0.5, 1, 7].enumerated() {
      canvas.bar(share, row, 0, width: 4, .ok)
    }
    #expect(canvas.description == "····\n▍···\n██··\n████\n████\n")
  }

  @Test
  func `axes hold all values and limits`() {
    var dice = Dice(seed: 7)
    for _ in 0..<500 {
      let values = (0..<5).map { _ in Double.random(in: 0...1, using: &dice) * 1000 }
      for isLogarithmic in [true, false] {
        let axis = Axis(covering: values, limits: [60], isLogarithmic: isLogarithmic)
        #expect(axis.low < axis.high)
        #expect((values + [60]).allSatisfy { $0 <= axis.high * 1.0001 })
        let ticks = axis.ticks(rows: 12)
        #expect(ticks.count <= 6 && ticks == ticks.sorted(by: >))
        let rows = values.map { axis.row(of: $0, rows: 12) }
        #expect(rows.allSatisfy { (0..<12).contains($0) })
      }
    }
  }

  @Test
  func `ticks stand at round values`() {
    #expect(
      Axis(covering: [0, 93], isLogarithmic: false).ticks(rows: 15) == [100, 80, 60, 40, 20, 0])
    #expect(
      Axis(covering: [0.4, 94], isLogarithmic: true).ticks(rows: 15).map { Decimals.plain($0) } == [
        "100", "10", "1",
      ])
  }

  @Test
  func `a time axis is aligned to the epoch and names its first day`() {
    let axis = TimeAxis(columns: 60, span: 3_600_000, end: Fixtures.now)
    #expect(axis.step == 60_000)
    #expect(axis.end == Fixtures.time("2026-03-14T03:15:00Z"))
    #expect(axis.column(of: Fixtures.now) == 59)
    #expect(
      axis.ticks.map(\.label) == [
        "Mar 14 02:20", "02:30", "02:40", "02:50", "03:00", "03:10",
      ])
    let moved = TimeAxis(columns: 60, span: 3_600_000, end: Fixtures.now + 30_000)
    #expect(moved == axis, "a graph moves by whole columns")
  }

  @Test
  func `every column shows the highest sample in it`() {
    var dice = Dice(seed: 3)
    let start = Fixtures.minutesAgo(120).floored(toMilliseconds: 60_000)
    let points = (0..<120).map { minute in
      let value = Double.random(in: 0...1, using: &dice) < 0.02 ? 900.0 : 10.0
      return (time: start + Int64(minute) * 60_000, low: value, high: value)
    }
    let axis = Axis(covering: points.map(\.high), isLogarithmic: false)
    let time = TimeAxis(columns: 30, span: 7_200_000, end: Fixtures.now)
    var raster = Raster(
      plot: Rect(row: 0, column: 0, rows: 10, columns: 30), axis: axis, time: time, glyphs: .unicode
    )
    raster.add(points)
    for column in 0..<30 {
      let within = points.filter { time.column(of: $0.time) == column }.map(\.high).max()
      guard let within else { continue }
      #expect((raster.highs[column] ?? 0) >= within)
      #expect(raster.scalar(row: axis.row(of: within, rows: 10), column: column) != 0)
    }
  }

  @Test
  func `a gap in the data is a gap in the graph`() {
    let start = Fixtures.minutesAgo(60).floored(toMilliseconds: 60_000)
    let points = (0..<60).filter { !(20..<30).contains($0) }.map { minute in
      Datapoint(time: start + Int64(minute) * 60_000, statistics: StatisticSet(5))
    }
    var graph = Graph(points: points, span: 3_600_000, end: start + 3_599_000)
    graph.limits = [.init(8, "limit 8")]
    var canvas = Canvas(rows: 7, columns: 69)
    graph.draw(in: canvas.bounds, on: &canvas)
    let base = canvas.text(ofRow: 4)
    #expect(base.dropFirst(Graph.gutter).prefix(20).allSatisfy { $0 != "╌" })
    #expect(base.dropFirst(Graph.gutter + 21).prefix(8).allSatisfy { $0 == "╌" })
  }

  @Test
  func `a column of the rail is the column of its own time`() {
    var dice = Dice(seed: 11)
    for _ in 0..<300 {
      let start = Timestamp(milliseconds: Int64.random(in: 0...2_000_000_000_000, using: &dice))
      let columns = Int.random(in: 1...300, using: &dice)
      let rail = Rail(
        start: start, end: start + Int64.random(in: 1...1_000_000_000, using: &dice),
        columns: columns)
      for column in [0, columns / 2, columns - 1] where rail.end - rail.start > Int64(columns) * 2 {
        #expect(rail.column(of: rail.time(of: column)) == column)
      }
      #expect(rail.column(of: rail.start) == 0)
      #expect(rail.column(of: rail.end) == columns - 1)
      #expect(rail.column(of: start - 1000) == 0)
    }
  }

  @Test
  func `a table drops columns by priority and gives what is left to the name`() {
    let table = Table(
      columns: [
        .init("NAME", isElastic: true), .init("LAG", .right), .init("AGE", .right, priority: 1),
        .init("RPO", .right, priority: 2),
      ], rows: [[Run("orders"), Run("1m34s"), Run("7s"), Run("60s")]])
    #expect(table.widths(in: 30) == [16, 5, 3, 3])
    #expect(table.widths(in: 16) == [6, 5, 3, 0])
    #expect(table.widths(in: 12) == [6, 5, 0, 0])
    #expect(table.widths(in: 4)[2...] == [0, 0])
  }

  @Test
  func `the selected row is always in sight`() {
    for count in 1...40 {
      for visible in 1...12 {
        for selected in 0..<count {
          let first = Table.firstRow(selected: selected, count: count, visible: visible)
          #expect((first..<(first + visible)).contains(selected))
          #expect(first >= 0 && first <= max(count - visible, 0))
        }
      }
    }
  }

  @Test
  func `regions have codes of their own`() {
    let regions = [
      "us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-central-1", "eu-north-1",
      "eu-south-1", "ap-southeast-1", "ap-south-1", "ap-northeast-1", "sa-east-1", "me-central-1",
    ]
    let codes = regions.map(RegionCode.short)
    #expect(Set(codes).count == regions.count)
    #expect(codes[0] == "USE1" && codes[8] == "APS1" && RegionCode.short("moonbase") == "MOON")
  }
}
