package dev.recsys.index.ann;

import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the other kind of index beside the one that serves, compares the two, and reports which is
 * cheaper. Holds the lock of the owner for one vector or query at a time.
 */
final class IndexTrial implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(IndexTrial.class);

  private final AutoIndex owner;
  private final List<QuerySample.Query> queries;
  private final Comparison.Cost cost;

  IndexTrial(AutoIndex owner, List<QuerySample.Query> queries, Comparison.Cost cost) {
    this.owner = owner;
    this.queries = queries;
    this.cost = cost;
  }

  @Override
  public void run() {
    try {
      AnnIndex challenger = Objects.requireNonNull(owner.challenger());
      Comparison costs =
          challenger instanceof HnswIndex graph
              ? build(graph, (ExactIndex) owner.serving())
              : build((ExactIndex) challenger, (HnswIndex) owner.serving());
      LOG.debug("{} vectors, {}", owner.size(), costs);
      owner.decide(costs);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn("an index of {} vectors was not tried; it stays as it is", owner.size(), e);
      owner.endTrial();
    }
  }

  private Comparison build(HnswIndex graph, ExactIndex from) {
    long start = System.nanoTime();
    IndexCopy.copy(from, graph, owner);
    owner.measured((System.nanoTime() - start) / (double) Math.max(1, graph.size()));
    return Comparison.of(from, graph, queries, cost, owner);
  }

  private Comparison build(ExactIndex exact, HnswIndex from) {
    IndexCopy.copy(from, exact, owner);
    exact.coded().refitNow();
    return Comparison.of(exact, from, queries, cost, owner);
  }
}
