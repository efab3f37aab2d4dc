package dev.recsys.model;

/** The few rows with the largest scores of those offered, best first. For one thread. */
final class BestRows {
  private final int[] rows;
  private final float[] scores;
  private int size;

  /**
   * @param most how many are kept, at least 1
   */
  BestRows(int most) {
    this.rows = new int[most];
    this.scores = new float[most];
  }

  /** Takes the row in if it is among the best; of equal scores the first offered is better. */
  void offer(int row, float score) {
    if (size == rows.length && !(score > scores[size - 1])) {
      return;
    }
    int place = size < rows.length ? size++ : size - 1;
    while (place > 0 && scores[place - 1] < score) {
      rows[place] = rows[place - 1];
      scores[place] = scores[place - 1];
      place--;
    }
    rows[place] = row;
    scores[place] = score;
  }

  int size() {
    return size;
  }

  /** The row of a rank, from 0. */
  int row(int rank) {
    return rows[rank];
  }
}
