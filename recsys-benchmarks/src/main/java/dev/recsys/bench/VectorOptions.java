package dev.recsys.bench;

import dev.recsys.bench.data.Spectrum;
import dev.recsys.bench.data.VectorFiles;
import dev.recsys.bench.data.VectorSet;
import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the vectors come from. */
final class VectorOptions {
  @Option(names = "--base", paramLabel = "FILE", description = "Vectors to search (.fvecs).")
  private @Nullable Path base;

  @Option(names = "--query", paramLabel = "FILE", description = "Queries (.fvecs).")
  private @Nullable Path query;

  @Option(
      names = "--groundtruth",
      paramLabel = "FILE",
      description = "Nearest ids of each query (.ivecs); computed if it is not given.")
  private @Nullable Path groundTruth;

  @Option(
      names = "--generate",
      arity = "2",
      paramLabel = "N",
      description = "Generate so many vectors of such a dimension; may be given several times.")
  private List<Integer> generate = new ArrayList<>();

  @Option(
      names = "--spectrum",
      defaultValue = "low-rank",
      paramLabel = "KIND",
      description =
          "Of generated vectors: low-rank, like a two-tower model's, or flat (default: low-rank).")
  private String spectrum = "low-rank";

  @Option(
      names = "--from-model",
      paramLabel = "DIR",
      description = "Item vectors of a trained model, searched by its users' vectors.")
  private @Nullable Path model;

  @Option(
      names = "--metric",
      defaultValue = "ip",
      paramLabel = "METRIC",
      description = "ip, cosine or l2 (default: ip).")
  private String metric = "ip";

  @Option(
      names = "--queries",
      defaultValue = "1000",
      paramLabel = "N",
      description = "How many queries to ask at most (default: 1000).")
  private int queries = 1_000;

  @Option(
      names = "--seed",
      defaultValue = "7",
      paramLabel = "N",
      description = "What vectors, filters and graphs are drawn from (default: 7).")
  private long seed = 7;

  long seed() {
    return seed;
  }

  /** Returns the file of right answers, if there is one. */
  @Nullable Path groundTruth() {
    return groundTruth;
  }

  /**
   * Returns what makes each set when its turn comes.
   *
   * @throws IllegalArgumentException if options are missing or do not go together
   */
  List<Supplier<VectorSet>> sets() {
    MetricType chosen = oneOf("--metric", metric, MetricType.values());
    int sources = (base == null ? 0 : 1) + (generate.isEmpty() ? 0 : 1) + (model == null ? 0 : 1);
    if (sources != 1) {
      throw new IllegalArgumentException(
          "exactly one of --base, --generate and --from-model must be given, got " + sources);
    }
    if (queries < 1) {
      throw new IllegalArgumentException("--queries must be at least 1, got " + queries);
    }
    if (groundTruth != null && base == null) {
      throw new IllegalArgumentException("--groundtruth goes with --base");
    }
    if (model != null) {
      Path directory = model;
      return List.of(() -> TrainedModel.vectors(directory.toString(), chosen, queries));
    }
    return base != null ? List.of(files(base, chosen)) : generated(chosen);
  }

  private Supplier<VectorSet> files(Path vectors, MetricType chosen) {
    if (query == null) {
      throw new IllegalArgumentException("--base needs --query");
    }
    Path asked = query;
    String name = String.valueOf(vectors.getFileName()).replaceFirst("(\\.base)?\\.fvecs$", "");
    return () ->
        new VectorSet(name, chosen, VectorFiles.readFloats(vectors), VectorFiles.readFloats(asked))
            .withQueries(queries);
  }

  private List<Supplier<VectorSet>> generated(MetricType chosen) {
    Spectrum kind = oneOf("--spectrum", spectrum, Spectrum.values());
    List<Supplier<VectorSet>> sets = new ArrayList<>();
    for (int i = 0; i < generate.size(); i += 2) {
      int count = generate.get(i);
      int dimension = generate.get(i + 1);
      sets.add(() -> kind.generate(count, dimension, queries, chosen, seed));
    }
    return sets;
  }

  private static <E extends Enum<E>> E oneOf(String option, String text, E[] values) {
    String wanted = text.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(values)
        .filter(value -> value.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    option + " must be one of " + Arrays.toString(values) + ", got " + text));
  }
}
