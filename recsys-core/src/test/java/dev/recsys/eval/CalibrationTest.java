package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void computedByHand() {
    Calibration calibration = new Calibration();
    calibration.add(3.5, 3);
    calibration.add(3.9, 5);
    calibration.add(1.2, 1);
    List<Evaluation.Bucket> buckets = calibration.buckets();
    assertThat(buckets).hasSize(2);
    assertThat(buckets.get(0)).isEqualTo(new Evaluation.Bucket(1, 1.5, 1, 1.2, 1));
    assertThat(buckets.get(1)).isEqualTo(new Evaluation.Bucket(3.5, 4, 2, 3.7, 4));
    // (1 x 0.2 + 2 x 0.3) / 3
    assertThat(Calibration.error(buckets)).isEqualTo(0.8 / 3, within(1e-12));
  }

  @Test
  void predictionsBeyondTheScaleGoIntoTheOutermostBuckets() {
    Calibration calibration = new Calibration();
    for (double stars : new double[] {-2, 1, 5, 7}) {
      calibration.add(stars, 3);
    }
    assertThat(calibration.buckets())
        .extracting(Evaluation.Bucket::from, Evaluation.Bucket::count)
        .containsExactly(tuple(1.0, 2L), tuple(4.5, 2L));
  }

  @Test
  void withoutPredictionsThereIsNoError() {
    assertThat(new Calibration().buckets()).isEmpty();
    assertThat(Calibration.error(List.of())).isNaN();
  }

  @Property
  void everyPredictionIsInTheBucketThatHoldsIt(
      @ForAll @NotEmpty List<@DoubleRange(min = 1, max = 4.99) Double> predicted,
      @ForAll @IntRange(min = 1, max = 5) int actual) {
    Calibration calibration = new Calibration();
    predicted.forEach(stars -> calibration.add(stars, actual));
    long counted = 0;
    for (Evaluation.Bucket bucket : calibration.buckets()) {
      counted += bucket.count();
      assertThat(bucket.count()).isEqualTo(predicted.stream().filter(s -> isIn(s, bucket)).count());
      assertThat(bucket.predicted()).isBetween(bucket.from(), bucket.to());
      assertThat(bucket.actual()).isEqualTo(actual);
    }
    assertThat(counted).isEqualTo(predicted.size());
    assertThat(Calibration.error(calibration.buckets())).isBetween(0.0, 4.0);
  }

  private static boolean isIn(double stars, Evaluation.Bucket bucket) {
    return stars >= bucket.from() && stars < bucket.to();
  }

  @Property
  void predictionsThatAreRightAreCalibrated(
      @ForAll @NotEmpty List<@IntRange(min = 1, max = 5) Integer> stars) {
    Calibration calibration = new Calibration();
    stars.forEach(given -> calibration.add(given, given));
    assertThat(Calibration.error(calibration.buckets())).isEqualTo(0, within(1e-12));
  }
}
