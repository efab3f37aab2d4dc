package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What a query's codes say of a group, against inner products in double. */
class CodedQueryTest {
  private final short[] sums = new short[CodeGroup.SIZE];
  private final short[] maxima = new short[Kernels.MAXIMA];

  private static Codes codes(Rows rows, int dimension, Random random) {
    Codes codes = new Codes(new CodeSpace(MetricType.IP, dimension, null, dimension, 1), rows);
    for (int id = 0; id < CodeGroup.SIZE; id++) {
      codes.put(rows.put(id, AnnIndexContract.gaussian(random, dimension)));
    }
    return codes;
  }

  private static float[] narrow(int dimension, Random random) {
    float[] query = AnnIndexContract.gaussian(random, dimension);
    for (int c = 0; c < dimension; c++) {
      query[c] *= (float) Math.exp(-c / 12.0);
    }
    return query;
  }

  private static double greatestProduct(float[] query, Rows rows) {
    float[] row = new float[query.length];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int slot = 0; slot < rows.size(); slot++) {
      rows.read(slot, row, 0);
      double product = 0;
      for (int c = 0; c < row.length; c++) {
        product += (double) row[c] * query[c];
      }
      greatest = Math.max(greatest, product);
    }
    return greatest;
  }

  private int sum(CodedQuery query, CodeGroup group, double least) {
    return Kernels.BEST.sumCodes(group.codes, query.codes(group, least), sums, 0, maxima, 0);
  }

  @Property(tries = 60)
  void aGroupIsLeftOutOnlyIfNoVectorOfItReachesWhatIsNeeded(
      @ForAll @IntRange(min = 97, max = 260) int dimension, @ForAll long seed) {
    Random random = new Random(seed);
    Rows rows = new Rows(dimension);
    Codes codes = codes(rows, dimension, random);
    float[] vector = narrow(dimension, random);
    CodedQuery query = new CodedQuery();
    assertThat(query.begin(vector, codes)).isTrue();
    assertThat(query.endsEarly()).isTrue();
    double greatest = greatestProduct(vector, rows);
    CodeGroup group = codes.group(0);
    for (double share : new double[] {0, 0.5, 0.9, 0.99, 1}) {
      assertThat(sum(query, group, share * greatest)).isNotEqualTo(Kernels.LEFT_OUT);
    }
    assertThat(sum(query, group, Double.NEGATIVE_INFINITY)).isNotEqualTo(Kernels.LEFT_OUT);
    assertThat(sum(query, group, 3 * greatest)).isEqualTo(Kernels.LEFT_OUT);
  }

  /** What is left over of a query that is long in all components says nothing until the end. */
  @Test
  void sumsOfAFlatQueryDoNotEndEarly() {
    Random random = new Random(3);
    Codes codes = codes(new Rows(256), 256, random);
    CodedQuery query = new CodedQuery();
    assertThat(query.begin(AnnIndexContract.gaussian(random, 256), codes)).isTrue();
    assertThat(query.endsEarly()).isFalse();
    QueryCodes sums = query.codes(codes.group(0), 1);
    assertThat(sums.order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(sums.mayEndAfter(6)).isFalse();
  }

  /** One scale for all would leave hardly any bits to those that have little of the query. */
  @Test
  void segmentsWithLittleOfTheQueryAreCodedAtAFinerScale() {
    Random random = new Random(4);
    Codes codes = codes(new Rows(200), 200, random);
    float[] vector = narrow(200, random);
    CodedQuery query = new CodedQuery();
    assertThat(query.begin(vector, codes)).isTrue();
    QueryCodes sums = query.codes(codes.group(0), Double.NEGATIVE_INFINITY);
    assertThat(sums.order[0]).isZero();
    int finer = sums.shifts[1] - sums.shifts[0];
    assertThat(finer).isBetween(2, 4);
    double scale = vector[0] / sums.codes[0];
    int from = sums.from(1);
    assertThat((double) sums.codes[from] * scale / (1 << finer))
        .isBetween(vector[from] - scale, vector[from] + scale);
  }
}
