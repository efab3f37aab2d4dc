package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.recsys.index.schema.MetricType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left on the heap by what runs for every query, once it is compiled. */
class AllocationTest {
  private static final int REPEATS = 500;
  private static final int JVMS = 3;

  /** Six results of ten, and what gathers them. */
  private static final double RESULT_BYTES = 3_000;

  /** Code allocates until it is compiled, which on a busy machine takes its time. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** Returns the fewest bytes a call that a round of many calls allocates. */
  private static double fewestBytes(double enough, Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double fewest = Double.POSITIVE_INFINITY;
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (fewest >= enough && System.nanoTime() < end) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < REPEATS; i++) {
        call.run();
      }
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      fewest = Math.min(fewest, bytes / (double) REPEATS);
    }
    return fewest;
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 33, 70})
  void sumsOfOneSegmentAndOfSeveralMakeNoObjects(int components) throws Exception {
    assertThat(fewestBytes(1, "sums", Integer.toString(components))).isLessThan(1);
  }

  @Test
  void searchesOfTwoIndexesAllocateOnlyTheirResults() throws Exception {
    assertThat(fewestBytes(RESULT_BYTES, "searches")).isLessThan(RESULT_BYTES);
  }

  /** What is compiled when differs between JVMs: Java 17 now and then takes longer than we wait. */
  private static double fewestBytes(double enough, String... arguments) throws Exception {
    double fewest = Double.POSITIVE_INFINITY;
    for (int jvm = 0; jvm < JVMS && fewest >= enough; jvm++) {
      fewest = Math.min(fewest, bytesInOwnJvm(arguments));
    }
    return fewest;
  }

  /** In a JVM of its own, as what other tests ran decides what is inlined where. */
  private static double bytesInOwnJvm(String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (argument.startsWith("--add-modules")) {
        command.add(argument);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(AllocationTest.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return Double.parseDouble(output.strip().lines().reduce("", (before, line) -> line));
  }

  /** Prints how many bytes of garbage what the arguments name makes. */
  public static void main(String[] arguments) {
    System.out.println(
        arguments[0].equals("sums") ? sumBytes(Integer.parseInt(arguments[1])) : searchBytes());
  }

  private static double sumBytes(int components) {
    Random random = new Random(1);
    byte[] codes = new byte[70 * CodeGroup.SIZE];
    random.nextBytes(codes);
    QueryCodes several = new QueryCodes();
    several.begin(components);
    Arrays.fill(several.shifts, 2);
    Arrays.fill(several.least, Short.MIN_VALUE);
    several.firstEnd = 0;
    QueryCodes one = new QueryCodes();
    one.begin(31);
    short[] sums = new short[CodeGroup.SIZE];
    short[] maxima = new short[Kernels.MAXIMA];
    return fewestBytes(
        1,
        () -> {
          Kernels.BEST.sumCodes(codes, several, sums, 0, maxima, 0);
          Kernels.BEST.sumCodes(codes, one, sums, 0, maxima, 0);
        });
  }

  /** Returns how many bytes searches of each index, most under filters, allocate together. */
  private static double searchBytes() {
    float[][] vectors = VectorSets.lowRank(6_000, 128, 12, 2);
    HnswIndex graph = HnswIndex.builder(128, MetricType.IP).build();
    ExactIndex exact = ExactIndex.builder(64, MetricType.IP).build();
    float[][] flat = VectorSets.flat(6_000, 64, 3);
    for (int i = 0; i < vectors.length; i++) {
      graph.add(i, vectors[i]);
      exact.add(i, flat[i]);
    }
    IdSet few = IdSet.of(3, 1_000, 5_999);
    IdSet half = IdSet.of(LongStream.range(0, 3_000).toArray());
    LongPredicate odd = id -> id % 2 == 1;
    int[] next = {0};
    Runnable both =
        () -> {
          next[0] = (next[0] + 1) % vectors.length;
          exact.search(flat[next[0]], 10, 0, null);
          exact.search(flat[next[0]], 10, 0, odd);
          exact.search(flat[next[0]], 10, 0, few);
          graph.search(vectors[next[0]], 10, 0, null);
          graph.search(vectors[next[0]], 10, 0, few);
          graph.search(vectors[next[0]], 10, 0, half);
        };
    return fewestBytes(RESULT_BYTES, both);
  }
}
