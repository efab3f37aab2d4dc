package dev.recsys.index.ann;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The search core's kernels: the mean time for one vector, be it one of four that are compared at
 * once or one of the 256 of a group of codes. Few vectors lie in the cache, 100,000 do not.
 *
 * <pre>{@code
 * java -jar recsys-benchmarks/target/benchmarks.jar KernelBenchmark -p dimension=24,100,256,768
 * }</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class KernelBenchmark {
  private static final int AT_ONCE = 4;
  private static final int MAX_CODE = 127;
  // 32 products with codes of up to 127 stay within 16 bits
  private static final int MAX_QUERY_CODE = 8;

  /** The implementations. */
  public enum Implementation {
    /** The fastest that this JVM runs. */
    BEST {
      @Override
      Kernels kernels() {
        return Kernels.BEST;
      }
    },
    /** Plain Java. */
    SCALAR {
      @Override
      Kernels kernels() {
        return new ScalarKernels();
      }
    };

    abstract Kernels kernels();
  }

  /** Which implementation computes. */
  @Param public Implementation implementation = Implementation.BEST;

  /** Number of components. */
  @Param({"32", "256"})
  public int dimension = 256;

  /** How many vectors are compared by turns; rounded up to a multiple of 256. */
  @Param({"256", "100000"})
  public int vectors = 256;

  private final int[] at = new int[AT_ONCE];
  private final float[] scores = new float[AT_ONCE];
  private final short[] sums = new short[CodeGroup.SIZE];
  private final short[] maxima = new short[Kernels.MAXIMA];
  private float[] query = {};
  private float[][] rows = {};
  private final QueryCodes queryCodes = new QueryCodes();
  private byte[][] groups = {};
  private int row;
  private int group;
  private Kernels kernels = Kernels.BEST;

  /** Draws vectors and codes, a flat array of 256 each. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(7);
    kernels = implementation.kernels();
    query = floats(dimension, random);
    queryCodes.begin(dimension);
    for (int i = 0; i < dimension; i++) {
      queryCodes.codes[i] = (short) random.nextInt(-MAX_QUERY_CODE, MAX_QUERY_CODE + 1);
    }
    int count = (vectors + CodeGroup.SIZE - 1) / CodeGroup.SIZE;
    rows = new float[count][];
    groups = new byte[count][CodeGroup.SIZE * dimension];
    for (int i = 0; i < count; i++) {
      rows[i] = floats(CodeGroup.SIZE * dimension, random);
      for (int j = 0; j < groups[i].length; j++) {
        groups[i][j] = (byte) random.nextInt(-MAX_CODE, MAX_CODE + 1);
      }
    }
    int shift = Integer.SIZE - Integer.numberOfLeadingZeros(Kernels.segments(dimension) - 1);
    Arrays.fill(queryCodes.shifts, shift);
  }

  private static float[] floats(int count, SplittableRandom random) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) random.nextGaussian();
    }
    return floats;
  }

  /** Moves to the next four vectors and returns the array that they lie in. */
  private float[] nextFour() {
    int vectorsDone = row + AT_ONCE < rows.length * CodeGroup.SIZE ? row + AT_ONCE : 0;
    row = vectorsDone;
    for (int i = 0; i < AT_ONCE; i++) {
      at[i] = (vectorsDone % CodeGroup.SIZE + i) * dimension;
    }
    return rows[vectorsDone / CodeGroup.SIZE];
  }

  /** Four inner products, one after the other. */
  @Benchmark
  @OperationsPerInvocation(AT_ONCE)
  public float[] innerProductOneByOne() {
    float[] four = nextFour();
    for (int i = 0; i < AT_ONCE; i++) {
      scores[i] = kernels.innerProduct(query, 0, four, at[i], dimension);
    }
    return scores;
  }

  private final float[][] fourRows = new float[AT_ONCE][];

  private float[][] nextFourRows() {
    float[] four = nextFour();
    for (int i = 0; i < AT_ONCE; i++) {
      fourRows[i] = four;
    }
    return fourRows;
  }

  /** Four inner products at once. */
  @Benchmark
  @OperationsPerInvocation(AT_ONCE)
  public float[] innerProductFourAtATime() {
    kernels.innerProducts(query, nextFourRows(), at, dimension, scores);
    return scores;
  }

  /** Four squared distances at once. */
  @Benchmark
  @OperationsPerInvocation(AT_ONCE)
  public float[] squaredL2FourAtATime() {
    kernels.squaredL2s(query, nextFourRows(), at, dimension, scores);
    return scores;
  }

  /** The sums of a group of codes. */
  @Benchmark
  @OperationsPerInvocation(CodeGroup.SIZE)
  public int sumCodes() {
    group = group + 1 < groups.length ? group + 1 : 0;
    return kernels.sumCodes(groups[group], queryCodes, sums, 0, maxima, 0);
  }

  /** Returns what a comparison of the four vectors at hand gives, in double. */
  double[] expected(boolean squaredDistances) {
    double[] expected = new double[AT_ONCE];
    for (int i = 0; i < AT_ONCE; i++) {
      for (int j = 0; j < dimension; j++) {
        double b = rows[row / CodeGroup.SIZE][at[i] + j];
        expected[i] += squaredDistances ? (query[j] - b) * (query[j] - b) : query[j] * b;
      }
    }
    return expected;
  }
}
