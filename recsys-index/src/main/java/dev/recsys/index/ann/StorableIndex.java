package dev.recsys.index.ann;

import java.nio.file.Path;

/** An index that can be kept in a file. What was kept elsewhere is compared with it by these. */
public interface StorableIndex extends AnnIndex {

  /**
   * Writes the index to a file, beside an existing one at first, which it then replaces. Searches
   * go on meanwhile, writes must not come before it returns.
   *
   * @throws IndexFileException if the file cannot be written; one that was there is left as it was
   */
  void save(Path path);

  /**
   * Returns whether the index has this very vector, whose components are finite, under an id; of
   * the direction alone under {@link dev.recsys.index.schema.MetricType#COSINE}.
   *
   * @throws IllegalArgumentException if the vector has another dimension
   */
  boolean holds(long id, float[] vector);

  /** Returns all ids, in no order. */
  long[] ids();
}
