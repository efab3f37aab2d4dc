package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.ann.IdSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How memory follows a change that is committed: in steps, between which searches find what was
 * there before; after the last they find all of it. For the one thread that writes.
 */
final class Following {
  /** Longer than this no reader waits for a step, unless one vector takes longer. */
  private static final long STEP_NANOS = 200_000;

  private final Contents contents;
  private final Change change;
  private final long stepNanos;
  private final Map<Object, Long> ids = new LinkedHashMap<>();
  private final Map<String, Overlay> overlays;
  private final Iterator<Map.Entry<Object, Long>> left;

  /** Prepares the steps; readers may be about. */
  Following(Contents contents, Change change) {
    this(contents, change, STEP_NANOS);
  }

  Following(Contents contents, Change change, long stepNanos) {
    this.contents = contents;
    this.change = change;
    this.stepNanos = stepNanos;
    Map<Long, Entity> before = new HashMap<>();
    change
        .entities()
        .forEach(
            (key, entity) -> {
              Entity old = contents.entities().get(key);
              if (contents.columns().row(key) >= 0 || entity != null) {
                long id = contents.idOf(key);
                ids.put(key, id);
                if (old != null) {
                  before.put(id, old);
                }
              }
            });
    IdSet written = IdSet.of(ids.values().stream().mapToLong(Long::longValue).toArray());
    this.overlays = contents.indexes().overlays(written, before);
    this.left = ids.entrySet().iterator();
  }

  /** The first step, in which nobody may read. */
  void begin() {
    contents.indexes().lay(overlays);
  }

  /** Returns whether readers may be about while it advances. */
  boolean advancesBesideReaders() {
    return contents.indexes().writtenBesideSearches();
  }

  /**
   * Does some of the work; returns whether there is more. Nobody may read meanwhile, unless {@link
   * #advancesBesideReaders}.
   */
  boolean advance() {
    long start = System.nanoTime();
    while (left.hasNext()) {
      Map.Entry<Object, Long> next = left.next();
      contents.indexes().put(next.getValue(), entity(next.getKey()));
      if (System.nanoTime() - start >= stepNanos) {
        break;
      }
    }
    return left.hasNext();
  }

  private @Nullable Entity entity(Object key) {
    return change.entities().get(key);
  }

  /** All steps at once, while nobody reads. */
  void atOnce() {
    while (left.hasNext()) {
      advance();
    }
    finish();
  }

  /** The last step, in which nobody may read. */
  void finish() {
    ids.forEach((key, id) -> contents.put(key, id, entity(key), change.partition()));
    contents.indexes().lay(Map.of());
  }
}
