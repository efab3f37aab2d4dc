package dev.recsys.bench.report;

import dev.recsys.bench.data.GroundTruth;
import dev.recsys.bench.data.KeptIds;
import dev.recsys.bench.data.VectorSet;
import dev.recsys.bench.peer.Backend;
import dev.recsys.bench.peer.Peer;
import dev.recsys.bench.peer.PeerSettings;
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
   * @param seconds how long each measurement takes, and its warm-up
   * @param seed of filters and graphs
   */
  public record Options(
      int k,
      int threads,
      List<Integer> efforts,
      List<Double> keptShares,
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
      double build = (System.nanoTime() - begin) / 1e9;
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
      search(backend, peer, new ResultRow.Footprint(build, bytes, load));
    }
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

  private void search(Backend backend, Peer peer, ResultRow.Footprint footprint) {
    List<Integer> efforts = backend.exact() ? List.of(options.k) : options.efforts;
    for (Filtered filtered : filters) {
      if (filtered.kept == null || backend.filters()) {
        for (int effort : efforts) {
          append(
              backend,
              new Trial(peer, set, options.k, effort, filtered.kept),
              effort,
              filtered,
              footprint);
        }
      }
    }
  }

  private void append(
      Backend backend, Trial trial, int effort, Filtered filtered, ResultRow.Footprint footprint) {
    ResultRow row =
        new ResultRow(
            new ResultRow.Task(
                set.name(),
                set.size(),
                set.dimension(),
                set.metric().name().toLowerCase(Locale.ROOT),
                options.k,
                options.threads,
                filtered.share()),
            backend.label(),
            backend.parameters(effort),
            filtered.truth.recall(trial.found()),
            trial.speed(options.threads, options.seconds),
            footprint,
            Runtimes.name());
    results.append(row);
    say(
        "%-18s filter %-5s ef %-5d recall %.4f  %,10.0f queries/s  p50 %,9.1f us  p99 %,9.1f us",
        backend.label(),
        ResultRow.number(filtered.share()),
        effort,
        row.recall(),
        row.speed().qps(),
        row.speed().p50Micros(),
        row.speed().p99Micros());
  }

  private void say(String format, Object... values) {
    progress.printf(Locale.ROOT, format + "%n", values);
    progress.flush();
  }
}
