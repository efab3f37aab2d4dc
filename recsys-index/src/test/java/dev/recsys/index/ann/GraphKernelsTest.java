package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GraphKernelsTest {
  @Property(tries = 60)
  void bothImplementationsGiveThePlainSumForAnyRowsAndCounts(
      @ForAll @IntRange(min = 1, max = 5) int lines,
      @ForAll @IntRange(min = 0, max = 11) int count,
      @ForAll long seed) {
    int length = 64 * lines;
    Random random = new Random(seed);
    byte[][] blocks = new byte[3][8 * length];
    for (byte[] block : blocks) {
      random.nextBytes(block);
    }
    float[] query = AnnIndexContract.gaussian(random, length);
    int[] rows = random.ints(count, 0, 24).toArray();
    for (GraphKernels kernels : new GraphKernels[] {GraphKernels.BEST, new ScalarGraphKernels()}) {
      float[] scores = new float[count];
      kernels.score(query, blocks, 3, rows, count, scores);
      for (int i = 0; i < count; i++) {
        double sum = 0;
        for (int c = 0; c < length; c++) {
          int at = rows[i] % 8 * length + c;
          sum += (double) query[c] * blocks[rows[i] / 8][at];
        }
        assertThat((double) scores[i]).isCloseTo(sum, within(0.02));
      }
    }
  }
}
