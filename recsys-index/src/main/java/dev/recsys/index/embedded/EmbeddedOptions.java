package dev.recsys.index.embedded;

import java.util.Objects;

/**
 * How an embedded store works. Immutable; the methods that take a value return a changed copy.
 *
 * <pre>{@code
 * EmbeddedVectorStore.open(directory, EmbeddedOptions.defaults().durability(Durability.SYNC))
 * }</pre>
 */
public final class EmbeddedOptions {
  private final Durability durability;
  private final BuildListener listener;

  private EmbeddedOptions(Durability durability, BuildListener listener) {
    this.durability = Objects.requireNonNull(durability, "durability");
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /** Returns {@link Durability#FLUSH}, and a listener that does nothing. */
  public static EmbeddedOptions defaults() {
    return new EmbeddedOptions(Durability.FLUSH, (collection, done, total) -> {});
  }

  /** Returns a copy that makes writes safe at this time. */
  public EmbeddedOptions durability(Durability durability) {
    return new EmbeddedOptions(durability, listener);
  }

  /** Returns a copy whose listener hears of long builds. */
  public EmbeddedOptions listener(BuildListener listener) {
    return new EmbeddedOptions(durability, listener);
  }

  Durability durability() {
    return durability;
  }

  BuildListener listener() {
    return listener;
  }

  @Override
  public String toString() {
    return "durability " + durability;
  }
}
