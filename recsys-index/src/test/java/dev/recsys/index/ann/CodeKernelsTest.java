package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The integer sums, at the limits of 16 bits too, against plain arithmetic. */
class CodeKernelsTest {
  private static final int SIZE = CodeGroup.SIZE;

  private static Kernels[] kernels() {
    return new Kernels[] {new ScalarKernels(), Kernels.BEST};
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 25, 31, 32, 33, 64, 65, 257, 770})
  void sumsAndMaximaAreThoseOfPlainArithmetic(int components) {
    Random random = new Random(components);
    byte[] codes = bytes(components, random);
    QueryCodes query = query(components, random);
    for (Kernels kernels : kernels()) {
      short[] sums = new short[SIZE + 5];
      short[] maxima = new short[Kernels.MAXIMA + 5];
      int top = kernels.sumCodes(codes, query, sums, 5, maxima, 5);
      int greatest = Integer.MIN_VALUE;
      for (int i = 0; i < SIZE; i++) {
        int expected = plainSum(codes, i, query, query.steps);
        assertThat(sums[5 + i]).isEqualTo((short) expected);
        greatest = Math.max(greatest, expected);
      }
      assertThat(top).isEqualTo(greatest);
      assertMaximaOf(sums, maxima);
    }
  }

  private static byte[] bytes(int components, Random random) {
    byte[] codes = new byte[components * SIZE];
    random.nextBytes(codes);
    return codes;
  }

  /** A query whose segments are added up from the last to the first, in various shifts. */
  private static QueryCodes query(int components, Random random) {
    QueryCodes query = new QueryCodes();
    query.begin(components);
    for (int c = 0; c < components; c++) {
      query.codes[c] = (short) (random.nextInt(15) - 7);
    }
    for (int step = 0; query.steps > 1 && step < query.steps; step++) {
      query.order[step] = query.steps - 1 - step;
      query.shifts[step] = step % 4;
    }
    return query;
  }

  private static int plainSum(byte[] codes, int vector, QueryCodes query, int steps) {
    int total = 0;
    for (int step = 0; step < steps; step++) {
      int sum = 0;
      for (int c = query.from(step); c < query.to(step); c++) {
        sum += query.codes[c] * codes[c * SIZE + vector];
      }
      total += sum >> query.shifts[step];
    }
    return total;
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 64, 65, 200})
  void sumsEndWhereTheGreatestSoFarIsTooSmall(int components) {
    Random random = new Random(components);
    byte[] codes = bytes(components, random);
    QueryCodes query = query(components, random);
    short[] sums = new short[SIZE];
    short[] maxima = new short[Kernels.MAXIMA];
    for (int step = 0; step < query.steps - 1; step++) {
      int greatest = Integer.MIN_VALUE;
      for (int i = 0; i < SIZE; i++) {
        greatest = Math.max(greatest, plainSum(codes, i, query, step + 1));
      }
      for (Kernels kernels : kernels()) {
        Arrays.fill(query.least, Short.MIN_VALUE);
        query.firstEnd = 0;
        query.least[step] = greatest;
        assertThat(kernels.sumCodes(codes, query, sums, 0, maxima, 0))
            .isNotEqualTo(Kernels.LEFT_OUT);
        query.least[step] = greatest + 1;
        assertThat(kernels.sumCodes(codes, query, sums, 0, maxima, 0)).isEqualTo(Kernels.LEFT_OUT);
        query.firstEnd = step + 1;
        assertThat(kernels.sumCodes(codes, query, sums, 0, maxima, 0))
            .isNotEqualTo(Kernels.LEFT_OUT);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 128, 192, 256})
  void sumsOfBlocksAreThoseOfPlainArithmetic(int lanes) {
    int length = 31;
    Random random = new Random(lanes);
    byte[] codes = new byte[length * lanes];
    random.nextBytes(codes);
    short[] query = new short[length];
    for (int c = 0; c < length; c++) {
      query[c] = (short) (random.nextInt(15) - 7);
    }
    for (Kernels kernels : kernels()) {
      short[] sums = new short[lanes + 5];
      short[] maxima = new short[Kernels.MAXIMA + 5];
      int top = kernels.sumBlocks(codes, query, length, lanes, sums, 5, maxima, 5);
      int greatest = Integer.MIN_VALUE;
      for (int lane = 0; lane < lanes; lane++) {
        int block = lane / Kernels.BLOCK * Kernels.BLOCK;
        int sum = 0;
        for (int c = 0; c < length; c++) {
          sum += query[c] * codes[block * length + c * Kernels.BLOCK + lane - block];
        }
        assertThat(sums[5 + lane]).isEqualTo((short) sum);
        greatest = Math.max(greatest, sum);
      }
      assertThat(top).isEqualTo(greatest);
      assertThat(sums).startsWith(0, 0, 0, 0, 0);
      assertMaximaOf(sums, maxima);
    }
  }

  /** Each maximum stands for vectors of its own: m of them reach the m-th best maximum. */
  private static void assertMaximaOf(short[] sums, short[] maxima) {
    short[] sorted = Arrays.copyOfRange(maxima, 5, maxima.length);
    Arrays.sort(sorted);
    for (int m = 1; m <= sorted.length; m++) {
      short limit = sorted[sorted.length - m];
      int reaching = 0;
      for (int i = 5; i < sums.length; i++) {
        reaching += sums[i] >= limit ? 1 : 0;
      }
      assertThat(reaching).isGreaterThanOrEqualTo(m);
    }
  }

  @Test
  void sumsInTheRangeAreCollectedAtTheLimitsToo() {
    short[] sums = new short[SIZE];
    for (int i = 0; i < SIZE; i++) {
      sums[i] = (short) (i % 7 == 0 ? Short.MAX_VALUE : i % 7 == 1 ? Short.MIN_VALUE : i);
    }
    int[][] ranges = {
      {-40_000, 40_000}, {-40_000, -32_768}, {-32_768, -32_767}, {32_767, 40_000}, {3, 9}, {9, 3}
    };
    for (Kernels kernels : kernels()) {
      for (int[] range : ranges) {
        int[] out = new int[SIZE + 1];
        int count = kernels.collect(sums, 0, range[0], range[1], out);
        int expected = 0;
        for (int i = 0; i < SIZE; i++) {
          if (sums[i] >= range[0] && sums[i] < range[1]) {
            assertThat(out[expected++]).isEqualTo(i);
          }
        }
        assertThat(count).isEqualTo(expected);
      }
    }
  }

  @Test
  void sumsAndMaximaThatReachANumberAreCountedAtTheLimitsToo() {
    short[] sums = new short[SIZE + 5];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (short) (i % 7 == 0 ? Short.MAX_VALUE : i % 7 == 1 ? Short.MIN_VALUE : i);
    }
    for (Kernels kernels : kernels()) {
      for (int from : new int[] {-40_000, -32_768, -32_767, 0, 30, 255, 32_767, 40_000}) {
        for (int length : new int[] {Kernels.MAXIMA, SIZE}) {
          for (int at : new int[] {0, 5}) {
            int expected = 0;
            for (int i = at; i < at + length; i++) {
              expected += sums[i] >= from ? 1 : 0;
            }
            assertThat(kernels.count(sums, at, length, from)).isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void sumsAreCollectedBehindOthersUnderTheNamesThatAreAskedFor() {
    short[] sums = new short[2 * SIZE];
    sums[SIZE + 3] = 7;
    sums[SIZE + 255] = 8;
    for (Kernels kernels : kernels()) {
      int[] out = new int[SIZE + 3];
      out[0] = 11;
      out[1] = 12;
      assertThat(kernels.collect(sums, SIZE, 1, 9, out, 2, 1_000)).isEqualTo(4);
      assertThat(out).startsWith(11, 12, 1_003, 1_255);
    }
  }

  /** Vectors and queries along the same direction reach the bound of Cauchy-Schwarz. */
  @ParameterizedTest
  @ValueSource(ints = {1, 24, 32, 33, 64, 200, 1_000})
  void noSumOverflowsWhereCauchySchwarzIsTight(int dimension) {
    for (int shape = 0; shape < 3; shape++) {
      float[] direction = new float[dimension];
      for (int i = 0; i < dimension; i++) {
        direction[i] = shape == 0 ? 1 : shape == 1 ? (i % 2 == 0 ? 1 : -1) : 1f / (i + 1);
      }
      Rows rows = new Rows(dimension);
      Codes codes = new Codes(new CodeSpace(MetricType.IP, dimension, null, dimension, 1), rows);
      for (int id = 0; id < SIZE; id++) {
        float[] vector = direction.clone();
        for (int i = 0; i < dimension; i++) {
          vector[i] *= id % 2 == 0 ? 1 : -1;
        }
        codes.put(rows.put(id, vector));
      }
      assertSumsFit(direction, codes, dimension);
    }
  }

  private static void assertSumsFit(float[] direction, Codes codes, int dimension) {
    CodedQuery coded = new CodedQuery();
    assertThat(coded.begin(direction, codes)).isTrue();
    CodeGroup group = codes.group(0);
    QueryCodes query = coded.codes(group, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < SIZE; i++) {
      int total = 0;
      for (int step = 0; step < Kernels.segments(dimension); step++) {
        int sum = 0;
        for (int c = query.from(step); c < query.to(step); c++) {
          sum += query.codes[c] * group.codes[c * SIZE + i];
        }
        assertThat(sum).isBetween((int) Short.MIN_VALUE, (int) Short.MAX_VALUE);
        total += sum >> query.shifts[step];
      }
      assertThat(total).isBetween((int) Short.MIN_VALUE, (int) Short.MAX_VALUE);
      // and the precision that is left is used
      assertThat(Math.abs(total)).isGreaterThan(4_000);
    }
  }
}
