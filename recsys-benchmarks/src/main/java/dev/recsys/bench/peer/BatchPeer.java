package dev.recsys.bench.peer;

/** An index that can be asked many queries at once. */
public interface BatchPeer extends Peer {

  /**
   * Searches for the vectors nearest to each query.
   *
   * @param count how many to find for each
   * @param effort how many candidates a graph keeps, at least {@code count}
   */
  void searchAll(float[][] queries, int count, int effort);
}
