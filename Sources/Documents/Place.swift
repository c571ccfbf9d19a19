extension Node {
  /// Where a value stands: file, 1-based line, and the keys that lead to it.
  ///
  /// The path is put together only when somebody reads it, which a fault does.
  package struct Place: Hashable, Sendable {
    package var file: String
    package var line: Int
    private var container: Trail?
    private var step: Step

    package init(file: String = "", line: Int = 0, path: String = "") {
      self.file = file
      self.line = line
      step = .key(path)
    }

    init(file: String, line: Int, container: Trail?, step: Step) {
      self.file = file
      self.line = line
      self.container = container
      self.step = step
    }

    /// `MetricAlarms[2].Threshold`; empty at the top.
    package var path: String { Trail(container: container, step: step).text }

    /// The place of something under a key of the mapping that stands here.
    package func under(_ key: String) -> Place {
      Place(
        file: file, line: line, container: Trail(container: container, step: step), step: .key(key))
    }

    package static func == (left: Place, right: Place) -> Bool {
      left.line == right.line && left.file == right.file && left.path == right.path
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(file)
      hasher.combine(line)
    }
  }

  /// One step from a container to what it holds.
  enum Step: Sendable {
    case key(String)
    case index(Int)
  }

  /// The steps from the top of a document to a container; shared by all that it holds.
  final class Trail: Sendable {
    private let container: Trail?
    private let step: Step

    init(container: Trail?, step: Step) {
      self.container = container
      self.step = step
    }

    var text: String {
      let head = container?.text ?? ""
      switch step {
      case .index(let index): return "\(head)[\(index)]"
      case .key(let key): return head.isEmpty || key.isEmpty ? head + key : head + "." + key
      }
    }
  }
}
