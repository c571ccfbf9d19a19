import Telemetry

extension Estate {
  func makeWriters() -> [WriterWatch] {
    topology.services.indices.compactMap { index in
      let service = topology.services[index]
      guard catalog[service.kind]?.layout.hasOneWriter == true,
        let primary = service.primary.flatMap(topology.index)
      else { return nil }
      let members = topology.members(of: service).map { region in
        WriterWatch.Member(
          region: region, writes: signal(index, .writes, region, region),
          lags: board.numbers {
            $0.service == index && $0.role == .lag && $0.target == region && !$0.isFallback
              && board.places[$0.place].region == name(region)
          })
      }
      return WriterWatch(service: index, primary: primary, members: members)
    }
  }

  /// A link for each pair of regions that the first lag metric of a replicating service spans.
  func makeLinks() -> [LinkWatch] {
    var links: [LinkWatch] = []
    for number in board.signals.indices {
      let signal = board.signals[number]
      let kind = catalog[topology.services[signal.service].kind]
      guard !signal.isFallback, kind?.layout.replicates == true, signal.metric == kind?.metric(.lag)
      else { continue }
      links.append(
        LinkWatch(
          service: signal.service, from: signal.source, to: signal.target,
          senses: senses(ofLink: number), objective: objective(of: signal.service),
          schedule: topology.services[signal.service].scheduleMilliseconds))
    }
    return links.sorted { order($0) < order($1) }
  }

  private func senses(ofLink number: Int) -> LinkWatch.Senses {
    let (service, from, to) = (
      board.signals[number].service, board.signals[number].source, board.signals[number].target
    )
    let all = board.numbers { $0.service == service && $0.source == from && $0.target == to }
    func playing(_ role: MetricRole) -> [Int] {
      all.filter { board.signals[$0].role == role }
    }
    var senses = LinkWatch.Senses(lag: number)
    senses.fallbacks = (playing(.lag) + playing(.copies)).filter { $0 != number }
    senses.parts = playing(.lagPart)
    senses.backlogs = playing(.backlog)
    senses.flow = signal(service, .flow, from, to)
    senses.failures = signal(service, .failures, from, to)
    senses.sourceWrites = signal(service, .writes, from, from)
    for role in Set(all.compactMap { board.signals[$0].metric.dividedBy }) {
      senses.rates[role] = signal(service, role, from, to) ?? signal(service, role, from, from)
    }
    return senses
  }

  private func order(_ link: LinkWatch) -> (String, String, String) {
    (topology.services[link.service].name, name(link.from), name(link.to))
  }

  /// The service's own objective, else its deployment's.
  private func objective(of service: Int) -> Double? {
    let name = topology.services[service].name
    return topology.services[service].rpoSeconds
      ?? topology.deployments.first { $0.services.contains(name) }?.rpoSeconds
  }

  private func signal(_ service: Int, _ role: MetricRole, _ from: Int, _ to: Int) -> Int? {
    board.signals.firstIndex {
      $0.service == service && $0.role == role && $0.source == from && $0.target == to
        && !$0.isFallback
    }
  }

  /// One for each service with doors.
  func makeTotals() -> [TrafficTotal] {
    topology.services.indices.compactMap { service in
      let requests = board.numbers { $0.service == service && $0.role == .requests }
      let errors = board.numbers {
        $0.service == service && $0.role == .errors && $0.metric.ratioTo == .requests
      }
      guard !requests.isEmpty else { return nil }
      return TrafficTotal(
        service: service, signals: requests, errors: errors,
        acceptedErrors: errors.first.flatMap { board.signals[$0].metric.warn })
    }
  }

  func makeGroups() -> [GroupWatch] {
    topology.deployments.sorted { $0.name < $1.name }.compactMap { deployment in
      let services = topology.services.indices.filter {
        deployment.services.contains(topology.services[$0].name)
      }
      var members = services.flatMap { topology.members(of: topology.services[$0]) }
      members = topology.regions.indices.filter { members.contains($0) }
      if members.isEmpty { members = Array(topology.regions.indices) }
      let lead = writers.firstIndex { services.contains($0.service) }
      let planned = members.first { topology.regions[$0].role == .primary }
      let home = lead.map { writers[$0].primary } ?? planned
      return GroupWatch(
        deployment: deployment, services: services, members: members, lead: lead, home: home)
    }
  }
}
