import Telemetry

/// Which region sees which: canaries, replication between pairs, and how slow it is against what is
/// usual.
///
/// As `repmgr cluster crosscheck` for regions. A dark row is a region that is isolated, a dark column one
/// that is down, and scattered cells are the network between.
package struct Vantage: Hashable, Sendable {
  /// In the order of the topology.
  package var regions: [String]
  /// Row by row: the observer's row, the observed region's column.
  package var cells: [[Cell]]
  package var verdicts: [Verdict]

  /// What one region sees of another.
  package struct Cell: Hashable, Sendable {
    package var state: State = .none
    /// Round trip between the two by the atlas: the least that anything can take; nil: unknown.
    package var roundTripMilliseconds: Double?
    /// What it is seen by, a sentence each.
    package var sights: [String] = []

    package enum State: String, Hashable, Sendable, CaseIterable {
      /// All that looks from here to there works.
      case sees = "SEES"
      /// It works, slower than is usual.
      case slow = "SLOW"
      /// Some of it works.
      case partly = "PARTLY"
      /// Nothing of it works.
      case dark = "DARK"
      /// Something should tell, and does not.
      case unknown = "UNKNOWN"
      /// Nothing looks from here to there.
      case none = "NONE"
    }

    /// Whether anything is known of it.
    var isKnown: Bool { state != .unknown && state != .none }
    /// Whether something gets through.
    var isLit: Bool { state == .sees || state == .slow || state == .partly }
  }

  /// What rows, columns and single cells say.
  package struct Verdict: Hashable, Sendable {
    package var kind: Kind
    package var region: String?
    package var text: String

    package enum Kind: String, Hashable, Sendable, CaseIterable {
      case clear = "CLEAR"
      case isolated = "ISOLATED"
      case down = "DOWN"
      case network = "NETWORK"
      case blind = "BLIND"
      /// Nothing looks from one region to another.
      case unobserved = "UNOBSERVED"
    }
  }
}

extension Moment {
  /// Which region sees which at this instant.
  package var vantage: Vantage { engine.estate.vantage(at: time, store: store) }
}
