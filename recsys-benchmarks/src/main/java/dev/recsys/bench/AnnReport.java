package dev.recsys.bench;

import dev.recsys.bench.data.GroundTruth;
import dev.recsys.bench.data.VectorFiles;
import dev.recsys.bench.data.VectorSet;
import dev.recsys.bench.peer.Backend;
import dev.recsys.bench.report.Comparison;
import dev.recsys.bench.report.Pictures;
import dev.recsys.bench.report.ResultsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command that compares indexes: appends a row for every backend and effort to {@code
 * results.csv} and draws recall and queries a second from it. The columns, to which other programs
 * may append rows, are {@code dataset,n,dim,metric,k,threads,filter,backend,parameters,recall,
 * qps,p50_us,p99_us,build_s,bytes_per_vector,load_ms,runtime}; the package {@code
 * dev.recsys.bench.report} says what they mean.
 *
 * <p>Latency is that of one query at a time, after a warm-up at least as long and of 5,000 queries,
 * or five times as long; of five repetitions the one with the median throughput counts. With
 * several threads each asks one query at a time. Memory is what the heap in use after garbage
 * collection has grown by, and the files that are mapped.
 */
@Command(
    name = "AnnReport",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures recall, speed, memory, build and load time of vector indexes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  AnnReport --generate 100000 256 --backends all --out report",
      "  AnnReport --generate 4000 256 --generate 100000 256 --backends exact,hnsw,lucene --out report",
      "  AnnReport --base B.fvecs --query Q.fvecs --groundtruth G.ivecs --metric l2 --out report",
      "  AnnReport --from-model model --filter-selectivity 0.01,0.1,0.5 --out report",
      "  AnnReport --generate 100000 256 --backends exact,hnsw --batches --turnovers 10 --out report",
      "  AnnReport --plot report"
    })
public final class AnnReport implements Callable<Integer> {
  @Mixin private VectorOptions vectors = new VectorOptions();

  @Option(
      names = "--backends",
      split = ",",
      defaultValue = "all",
      paramLabel = "LIST",
      description =
          "all, or some of: exact, hnsw, auto, hnswlib, hnswlib-core, hnswlib-simd, jvector, lucene, langchain4j, spring-ai (default: all).")
  private List<String> backends = List.of("all");

  @Option(names = "--k", defaultValue = "10", description = "How many to find (default: 10).")
  private int k = 10;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Threads that search, and build where a library can (default: 1).")
  private int threads = 1;

  @Option(
      names = "--ef",
      split = ",",
      defaultValue = "10,16,24,32,48,64,96,128,192,256,400",
      paramLabel = "LIST",
      description =
          "How many candidates graphs keep (default: ${DEFAULT-VALUE}); those below k are left out.")
  private List<Integer> efforts = List.of();

  @Option(
      names = "--filter-selectivity",
      split = ",",
      paramLabel = "LIST",
      description = "Measure also under random filters that keep such shares of the vectors.")
  private List<Double> keptShares = List.of();

  @Option(
      names = "--batches",
      description = "Also have all queries answered at once, where a library can.")
  private boolean batches;

  @Option(
      names = "--turnovers",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Then replace all vectors so many times, by removing and inserting, and measure again, where a library can.")
  private int turnovers;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "How long each measurement takes, and its warm-up at least (default: 2).")
  private double seconds = 2;

  @Option(names = "--out", paramLabel = "DIR", description = "Where results and pictures go.")
  private @Nullable Path out;

  @Option(
      names = "--save-vectors",
      description = "Write vectors, queries and right answers to the same directory.")
  private boolean saveVectors;

  @Option(
      names = "--plot",
      paramLabel = "DIR",
      description = "Only draw the pictures again from a directory's results.")
  private @Nullable Path plot;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  /** Runs the command and ends with 0, 2 for wrong options, or 1. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(commandLine().execute(args));
  }

  /** Returns the command, which ends with one line where something is wrong. */
  static CommandLine commandLine() {
    return new CommandLine(new AnnReport())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("error: " + e.getMessage());
              return e instanceof IllegalArgumentException
                  ? CommandLine.ExitCode.USAGE
                  : CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() throws IOException {
    if (plot != null) {
      draw(plot);
      return CommandLine.ExitCode.OK;
    }
    Path directory = checkedOut();
    List<Backend> chosen = chosen();
    List<Supplier<VectorSet>> sets = vectors.sets();
    ResultsFile results = ResultsFile.in(directory);
    for (Supplier<VectorSet> set : sets) {
      measure(set.get(), chosen, results, directory);
    }
    draw(directory);
    return CommandLine.ExitCode.OK;
  }

  private Path checkedOut() {
    if (out == null) {
      throw new IllegalArgumentException("--out must be given, the directory for the results");
    }
    if (turnovers < 0) {
      throw new IllegalArgumentException("--turnovers must be at least 0, got " + turnovers);
    }
    if (k < 1 || threads < 1 || !(seconds > 0)) {
      throw new IllegalArgumentException(
          ("--k and --threads must be at least 1 and --seconds above 0, got " + k)
              + (", " + threads + " and " + seconds));
    }
    return out;
  }

  private List<Backend> chosen() {
    return backends.equals(List.of("all"))
        ? Arrays.asList(Backend.values())
        : backends.stream().map(Backend::named).toList();
  }

  private void measure(VectorSet set, List<Backend> chosen, ResultsFile results, Path directory)
      throws IOException {
    PrintWriter progress = spec.commandLine().getOut();
    progress.printf(
        "%s: %d x %d, %d queries%n", set.name(), set.size(), set.dimension(), set.queries().length);
    progress.flush();
    int found = Math.min(k, set.size());
    GroundTruth truth = truth(set, found);
    if (saveVectors) {
      save(set, truth, directory);
    }
    Comparison.Options options =
        new Comparison.Options(
            found,
            threads,
            efforts.stream().filter(effort -> effort >= found).toList(),
            keptShares,
            batches,
            turnovers,
            seconds,
            vectors.seed());
    Comparison comparison = new Comparison(set, truth, options, results, progress);
    for (Backend backend : chosen) {
      try (ScratchDirectory files = ScratchDirectory.create()) {
        comparison.run(backend, files.path());
      }
    }
  }

  private GroundTruth truth(VectorSet set, int found) {
    Path file = vectors.groundTruth();
    return file == null
        ? GroundTruth.compute(set, found, null)
        : GroundTruth.of(set, VectorFiles.readInts(file), found);
  }

  private static void save(VectorSet set, GroundTruth truth, Path directory) {
    String name = set.name() + "-" + set.size() + "x" + set.dimension();
    VectorFiles.writeFloats(directory.resolve(name + ".base.fvecs"), set.base());
    VectorFiles.writeFloats(directory.resolve(name + ".query.fvecs"), set.queries());
    VectorFiles.writeInts(directory.resolve(name + ".gt.ivecs"), truth.nearest());
  }

  private void draw(Path directory) throws IOException {
    PrintWriter progress = spec.commandLine().getOut();
    for (String picture : Pictures.draw(directory)) {
      progress.println("drawn: " + directory.resolve(picture) + ".svg and .png");
    }
    Pictures.growth(directory).forEach(progress::println);
    progress.flush();
  }
}
