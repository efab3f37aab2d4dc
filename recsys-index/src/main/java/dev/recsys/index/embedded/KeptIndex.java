package dev.recsys.index.embedded;

import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.StorableIndex;
import dev.recsys.index.schema.IndexParams;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The index of a vector field, as it was found in its {@link SideFile} or empty, and how many
 * writes the file does not know. What was found is brought up to the entities, vector by vector:
 * whatever the file lacks, or has too much, costs time and nothing else.
 */
final class KeptIndex {
  /** Fewer vectors are sooner added than read. */
  private static final int LEAST = 1_000;

  /** The file is written anew when one of so many vectors has changed, or when it is closed. */
  private static final int PART = 10;

  private final AnnIndex index;
  private final @Nullable StorableIndex found;
  private final @Nullable SideFile file;
  private final AtomicLong changes = new AtomicLong();

  KeptIndex(int dimension, IndexParams params, @Nullable SideFile file) {
    this.file = file;
    this.found = file == null ? null : file.read(dimension, params);
    this.index = found != null ? found : Indexes.empty(dimension, params);
  }

  AnnIndex index() {
    return index;
  }

  /** Makes sure that a vector is in the index. */
  void bringUp(long id, float[] vector) {
    if (found == null || !found.holds(id, vector)) {
      put(id, vector);
    }
  }

  void put(long id, float[] vector) {
    index.add(id, vector);
    changes.incrementAndGet();
  }

  void remove(long id) {
    index.remove(id);
    changes.incrementAndGet();
  }

  /** Removes what the file had and is not there any more. */
  void retain(LongPredicate there) {
    if (found != null) {
      for (long id : found.ids()) {
        if (!there.test(id)) {
          remove(id);
        }
      }
    }
  }

  /**
   * Writes the file if that pays; what is written to the index meanwhile still counts as unknown.
   */
  synchronized void write(boolean closing) {
    long unknown = changes.get();
    boolean stale = closing ? unknown > 0 : unknown * PART >= index.size();
    if (file != null && stale && index.size() >= LEAST) {
      file.write(index);
      changes.addAndGet(-unknown);
    }
  }
}
