package dev.recsys.index.embedded;

/** What a collection throws that was dropped. */
final class DroppedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  DroppedException(String name) {
    super("collection \"" + name + "\" was dropped");
  }
}
