extension IncidentReport {
  /// The page's whole style: two sets of colours, and paper, which is always light.
  static let styleSheet = """
    :root { \(lightColours) }
    @media (prefers-color-scheme: dark) { :root { \(darkColours) } }
    * { box-sizing: border-box }
    body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.45 system-ui, sans-serif }
    main { max-width: 1040px; margin: 0 auto; padding: 24px 20px 60px }
    h1 { font-size: 26px; margin: 0 0 4px } h2 { font-size: 18px; margin: 34px 0 10px }
    .window, .model, .none { color: var(--faint); margin: 0 0 12px }
    .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 16px; margin-top: 18px }
    .card { border: 1px solid var(--rule); border-radius: 8px; padding: 14px 16px; background: var(--panel) }
    .card h2 { margin: 0 } .card p { margin: 2px 0 } .card .model { margin-bottom: 8px }
    .figure b { font-size: 22px } .figure.good b { color: var(--good) } .figure.critical b { color: var(--critical) }
    .figure span { color: var(--faint) }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 10px 0 } dt { color: var(--faint) } dd { margin: 0 }
    .bar { display: flex; height: 12px; border-radius: 3px; overflow: hidden; background: var(--rule) }
    .phase { display: inline-block; height: 12px } .phases { list-style: none; margin: 8px 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 14px }
    .phases .phase { width: 10px; height: 10px; margin-right: 5px }
    .detect { background: var(--series-1) } .decide { background: var(--series-2) } .execute { background: var(--series-3) } .recover { background: var(--series-4) }
    figure { margin: 0; overflow-x: auto } figure > svg { display: block; width: 100%; min-width: 640px; height: auto }
    svg text { font: 11px system-ui, sans-serif; fill: var(--ink) } svg .tick { fill: var(--faint) } svg .label { font-size: 12px }
    .grid { stroke: var(--rule); stroke-width: 1 } .began { stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 2 3 }
    rect.state { stroke: var(--ground); stroke-width: 1 } rect.good { fill: var(--good-fill) } rect.neutral { fill: var(--neutral-fill) }
    rect.warning { fill: var(--warning-fill) } rect.critical { fill: var(--critical-fill) } svg .state-name { font-size: 10.5px; font-weight: 600 }
    svg .state-name.critical { fill: var(--on-critical) }
    .course { fill: none; stroke-width: 1.8; stroke-linejoin: round } .objective { stroke-width: 1; stroke-dasharray: 7 5; opacity: .75 }
    .dashed { stroke-dasharray: 4 3 } .area { fill-opacity: .75; stroke-width: .8 }
    \(seriesRules)
    .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 6px 0 0; padding: 0; font-size: 13px } .legend svg { width: 24px; height: 8px; vertical-align: middle }
    .wide { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-size: 13.5px }
    th, td { text-align: left; vertical-align: top; padding: 5px 10px 5px 0; border-bottom: 1px solid var(--rule) } thead th { color: var(--faint); font-weight: 600 }
    .timeline .day th { padding-top: 14px; font-size: 14px } .time, .kind { white-space: nowrap; color: var(--faint); font-variant-numeric: tabular-nums }
    .timeline td:last-child { width: 100%; padding-left: 10px; border-left: 3px solid transparent } .timeline strong { font-weight: 600 }
    .timeline td.good { border-left-color: var(--good) } .timeline td.warning { border-left-color: var(--warning) } .timeline td.critical { border-left-color: var(--critical) }
    td ul { margin: 3px 0 2px; padding-left: 18px; color: var(--faint) } ul.against li::before { content: "against: "; font-style: italic }
    td.good { color: var(--good) } td.warning { color: var(--warning) } td.critical { color: var(--critical) } .timeline td { color: var(--ink) }
    .timeline .time, .timeline .kind { color: var(--faint) }
    @media print { :root { \(lightColours) } body { font-size: 11px } main { max-width: none; padding: 0 } h2 { break-after: avoid }
      .card, figure, tr { break-inside: avoid } figure, .wide { overflow: visible } figure > svg { min-width: 0 }
      * { -webkit-print-color-adjust: exact; print-color-adjust: exact } }

    """

  private static let lightColours = """
    --ground: #ffffff; --panel: #f7f8fa; --ink: #1a1d21; --faint: #5b6470; --rule: #dde1e6; --good: #0b6b3a; --warning: #8a5a00; --critical: #b3261e; \
    --good-fill: #bfe5cd; --warning-fill: #ffdc8a; --critical-fill: #c8372d; --neutral-fill: #d9dde2; --on-critical: #ffffff; \
    --series-1: #1f6fb5; --series-2: #c4620d; --series-3: #1c8a5a; --series-4: #8e4bb0; --series-5: #b8384f; --series-6: #5f6b12;
    """

  private static let darkColours = """
    --ground: #14171b; --panel: #1b1f25; --ink: #e6e9ed; --faint: #9aa4b0; --rule: #333a43; --good: #6fd19a; --warning: #f0b849; --critical: #ff8a80; \
    --good-fill: #1f5a3b; --warning-fill: #7a5a10; --critical-fill: #b3342b; --neutral-fill: #3d454f; --on-critical: #ffffff; \
    --series-1: #6db3f2; --series-2: #f0964a; --series-3: #5fd3a0; --series-4: #c99be6; --series-5: #f5879a; --series-6: #c3cf62;
    """

  private static let seriesRules = (1...6).map { number in
    ".course.series-\(number), .objective.series-\(number) { stroke: var(--series-\(number)) } "
      + ".area.series-\(number) { fill: var(--series-\(number)); stroke: var(--ground) }"
  }.joined(separator: "\n")
}
