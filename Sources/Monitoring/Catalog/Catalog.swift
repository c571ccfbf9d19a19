import Documents

/// The services meridian knows: one document each, by kind.
package struct Catalog: Hashable, Sendable {
  package init() {}
}
