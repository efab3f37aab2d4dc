package dev.recsys.bench.report;

import dev.recsys.bench.data.GroundTruth;
import dev.recsys.bench.data.KeptIds;
import dev.recsys.bench.data.VectorSet;
import dev.recsys.bench.peer.Backend;
import dev.recsys.bench.peer.BatchPeer;
import dev.recsys.bench.peer.Peer;
import dev.recsys.bench.peer.PeerSettings;
import dev.recsys.bench.peer.UpdatablePeer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Measures backends on one set of vectors, one after the other: build, memory, files, and for every
 * filter and effort recall and speed. Not safe for many threads.
 */
public final class Comparison {
  private static final int REHEARSED = 1_000;
  private static final double NANOS = 1e9;

  /** What follows the parameters of queries that were asked all at once, as native peers write. */
  private static final String BATCHED = " batched";

  private final VectorSet set;
  private final Options options;
  private final ResultsFile results;
  private final PrintWriter progress;
  private final boolean unit;
  private final List<Filtered> filters = new ArrayList<>();

  /**
   * What to measure.
   *
   * @param k how many to find
   * @param threads that search, and that build where a library can use them
   * @param efforts of graphs, each at least {@code k}
   * @param keptShares of filters, each above 0 and below 1
   * @param batches whether to answer all queries at once as well, where a library can
   * @param turnovers how many times all vectors are replaced before all is measured once more,
   *     where a library can; 0 for not at all
   * @param seconds how long each measurement takes, and its warm-up
   * @param seed of filters and graphs
   */
  public record Options(
      int k,
      int threads,
      List<Integer> efforts,
      List<Double> keptShares,
      boolean batches,
      int turnovers,
      double seconds,
      long seed) {
    /** Copies the lists. */
    public Options {
      efforts = List.copyOf(efforts);
      keptShares = List.copyOf(keptShares);
    }
  }

  /** A filter, or none, and what is right under it. */
  private record Filtered(@Nullable KeptIds kept, GroundTruth truth) {
    double share() {
      return kept == null ? 1 : kept.share();
    }
  }

  /**
   * Prepares a comparison and computes what is right under every filter.
   *
   * @param truth what is right without a filter
   * @param results where rows are appended
   * @param progress where to tell what is going on
   */
  public Comparison(
      VectorSet set,
      GroundTruth truth,
      Options options,
      ResultsFile results,
      PrintWriter progress) {
    this.set = set;
    this.options = options;
    this.results = results;
    this.progress = progress;
    this.unit = set.unit();
    filters.add(new Filtered(null, truth));
    for (double share : options.keptShares) {
      KeptIds kept = KeptIds.random(set.size(), share, options.seed);
      filters.add(new Filtered(kept, GroundTruth.compute(set, options.k, kept)));
    }
  }

  /**
   * Measures one backend and appends its rows; says so if it does not take such vectors.
   *
   * @param directory for its files, deleted by the caller
   */
  public void run(Backend backend, Path directory) throws IOException {
    Path own = Files.createTempDirectory(directory, "peer");
    PeerSettings settings =
        new PeerSettings(set.metric(), set.dimension(), unit, options.threads, options.seed, own);
    if (!backend.takes(settings)) {
      say("%-18s does not take such vectors under %s", backend.label(), set.metric());
      return;
    }
    rehearse(backend, settings, REHEARSED, own.resolve("rehearsal"));
    // what threads keep of the last index they used is little then
    rehearse(backend, settings, 1, own.resolve("forgetting"));
    long heap = Heap.used();
    long begin = System.nanoTime();
    try (Peer peer = backend.build(settings, set.base())) {
      double build = (System.nanoTime() - begin) / NANOS;
      long grown = Math.max(0, Heap.used() - heap);
      double bytes = (double) (grown + peer.mappedBytes()) / set.size();
      say(
          "%-18s built in %.2f s; a vector takes %.0f bytes of heap and %.0f of mapped files",
          backend.label(),
          build,
          (double) grown / set.size(),
          (double) peer.mappedBytes() / set.size());
      double load =
          new Reload(backend, settings, set, options.k)
              .millis(peer, own.resolve("saved"), this::say);
      search(backend, peer, "", new ResultRow.Footprint(build, bytes, load));
      if (options.turnovers > 0 && peer instanceof UpdatablePeer updatable) {
        turnOver(backend, updatable, heap);
      }
    }
  }

  private void turnOver(Backend backend, UpdatablePeer peer, long heapBefore) {
    long begin = System.nanoTime();
    new Turnover(peer, set.base()).run(options.turnovers);
    double seconds = (System.nanoTime() - begin) / NANOS;
    double bytes = (double) Math.max(0, Heap.used() - heapBefore) / set.size();
    say(
        "%-18s turned over %d times in %.2f s; a vector takes %.0f bytes of heap",
        backend.label(), options.turnovers, seconds, bytes);
    search(
        backend,
        peer,
        " turnovers=" + options.turnovers,
        new ResultRow.Footprint(Double.NaN, bytes, Double.NaN));
  }

  /** Goes through everything once, so that neither memory nor times have the loading of classes. */
  private void rehearse(Backend backend, PeerSettings settings, int count, Path file) {
    float[][] few = Arrays.copyOf(set.base(), Math.min(set.size(), count));
    VectorSet small = new VectorSet(set.name(), set.metric(), few, set.queries());
    int found = Math.min(options.k, few.length);
    try (Peer peer = backend.build(settings, few)) {
      peer.search(set.queries()[0], found, null, new int[found]);
      new Reload(backend, settings, small, found).millis(peer, file, (format, values) -> {});
    }
  }

  private void search(Backend backend, Peer peer, String state, ResultRow.Footprint footprint) {
    for (Filtered filtered : filters) {
      if (filtered.kept != null && !backend.filters()) {
        continue;
      }
      for (int effort : backend.tunable() ? options.efforts : List.of(0)) {
        Trial trial = new Trial(peer, set, options.k, effort, filtered.kept);
        String parameters = backend.parameters(effort) + state;
        double recall = filtered.truth.recall(trial.found());
        ResultRow.Speed speed = trial.speed(options.threads, options.seconds);
        append(row(backend, parameters, filtered.share(), recall, speed, footprint));
        if (options.batches && filtered.kept == null && peer instanceof BatchPeer batches) {
          speed = trial.batched(batches, options.seconds);
          append(row(backend, parameters + BATCHED, 1, recall, speed, footprint));
        }
      }
    }
  }

  private ResultRow row(
      Backend backend,
      String parameters,
      double share,
      double recall,
      ResultRow.Speed speed,
      ResultRow.Footprint footprint) {
    ResultRow.Task task =
        new ResultRow.Task(
            set.name(),
            set.size(),
            set.dimension(),
            set.metric().name().toLowerCase(Locale.ROOT),
            options.k,
            options.threads,
            share);
    return new ResultRow(
        task, backend.label(), parameters, recall, speed, footprint, Runtimes.name());
  }

  private void append(ResultRow row) {
    results.append(row);
    ResultRow.Speed speed = row.speed();
    say(
        "%-18s filter %-5s %-40s recall %.4f  %,10.0f queries/s%s",
        row.backend(),
        ResultRow.number(row.task().kept()),
        row.parameters(),
        row.recall(),
        speed.qps(),
        Double.isNaN(speed.p50Micros())
            ? ""
            : String.format(
                Locale.ROOT,
                "  p50 %,9.1f us  p99 %,9.1f us",
                speed.p50Micros(),
                speed.p99Micros()));
  }

  private void say(String format, Object... values) {
    progress.printf(Locale.ROOT, format + "%n", values);
    progress.flush();
  }
}
