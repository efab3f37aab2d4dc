package dev.recsys.model;

/**
 * The distinct rows of a batch and the place of each of its ratings among them, so that a tower
 * encodes each user and item once. Reused from batch to batch.
 */
final class DistinctRows {
  private final int[] placeOf;
  private final int[] batchOf;
  private final int[] rows;
  private int batch;
  private int size;

  /**
   * @param rows all rows there are
   * @param batchSize largest number of rows in a batch
   */
  DistinctRows(int rows, int batchSize) {
    this.placeOf = new int[rows];
    this.batchOf = new int[rows];
    this.rows = new int[Math.min(rows, batchSize)];
  }

  /** Takes a batch: those of {@code column} at {@code order[from]} to {@code order[to - 1]}. */
  int[] places(int[] column, int[] order, int from, int to) {
    batch++;
    size = 0;
    int[] places = new int[to - from];
    for (int i = from; i < to; i++) {
      int row = column[order[i]];
      if (batchOf[row] != batch) {
        batchOf[row] = batch;
        placeOf[row] = size;
        rows[size++] = row;
      }
      places[i - from] = placeOf[row];
    }
    return places;
  }

  /** The distinct rows of the last batch; the first {@link #size} count. */
  int[] rows() {
    return rows;
  }

  int size() {
    return size;
  }
}
