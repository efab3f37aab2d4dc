package dev.recsys.bench.peer;

import dev.recsys.bench.data.KeptIds;
import org.jspecify.annotations.Nullable;

/** A filled index of some library. Any number of threads may search at once. */
public interface Peer extends AutoCloseable {

  /**
   * Writes the ids of the vectors nearest to the query, nearest first, as many as the array holds
   * or as there are.
   *
   * @param effort how many candidates a graph keeps, at least as many as the array holds; 0 unless
   *     {@link Backend#tunable}
   * @param kept which vectors may be found, null for all; must be null unless {@link
   *     Backend#filters}
   * @return how many ids were written
   */
  int search(float[] query, int effort, @Nullable KeptIds kept, int[] ids);

  /** Returns how many bytes it has in mapped files, beside what it has on the heap. */
  default long mappedBytes() {
    return 0;
  }

  /** Lets go of files and threads. */
  @Override
  default void close() {}
}
