package dev.recsys.index.ann;

import com.github.jelmerk.hnswlib.core.Item;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;

/**
 * One vector in the library's terms: item, id of the item and vector all at once, so that an
 * overwritten vector is another item and no version numbers are needed. A query is a point that is
 * in no graph and counts how often it is compared.
 */
final class HnswlibPoint implements Item<HnswlibPoint, HnswlibPoint> {
  private static final long serialVersionUID = 1L;

  private final long id;
  private final float[] vector;
  private final boolean query;
  private int comparisons;

  private HnswlibPoint(long id, float[] vector, boolean query) {
    this.id = id;
    this.vector = vector;
    this.query = query;
  }

  static HnswlibPoint entry(long id, float[] vector) {
    return new HnswlibPoint(id, vector, false);
  }

  static HnswlibPoint query(float[] vector) {
    return new HnswlibPoint(0, vector, true);
  }

  long key() {
    return id;
  }

  float[] components() {
    return vector;
  }

  int comparisons() {
    return comparisons;
  }

  /** Counts one comparison, if this is a query: those belong to one thread. */
  void compared() {
    if (query) {
      comparisons++;
    }
  }

  @Override
  public HnswlibPoint id() {
    return this;
  }

  @Override
  public HnswlibPoint vector() {
    return this;
  }

  @Override
  public int dimensions() {
    return vector.length;
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("vectors are never written by Java serialisation");
  }
}
