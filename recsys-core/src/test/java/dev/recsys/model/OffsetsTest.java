package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Ratings;
import dev.recsys.features.FeatureEncoder;
import org.junit.jupiter.api.Test;

class OffsetsTest {
  private static final FeatureEncoder ENCODER =
      new TrainingData(SmallData.split(), false).encoder();

  @Test
  void byHand() {
    // Labels are 2 x stars - 5: 5, 1 and -3, whose mean is 1.
    History history =
        History.of(
            ENCODER, Ratings.of(new long[] {3, 3, 5}, new long[] {2, 7, 7}, new float[] {5, 3, 1}));
    Offsets offsets = Offsets.of(history, SmallData.ITEMS, 1);
    assertThat(offsets.mean()).isEqualTo(1);
    assertThat(offsets.ofItems()[1]).isEqualTo(4 / 2f);
    assertThat(offsets.ofItems()[6]).isEqualTo(-4 / 3f, within(1e-6f));
    assertThat(offsets.ofUsers()[3]).isEqualTo((2 + 4 / 3f) / 3, within(1e-6f));
    assertThat(offsets.ofUsers()[5]).isEqualTo((-4 + 4 / 3f) / 2, within(1e-6f));
    assertThat(offsets.ofUsers()[4]).isZero();
    assertThat(offsets.residual(3, history.start(3)))
        .isEqualTo(5 - 1 - 2 - offsets.ofUsers()[3], within(1e-6f));
  }

  @Test
  void withoutRatingsNothingIsKnown() {
    History none = History.of(ENCODER, Ratings.of(new long[] {}, new long[] {}, new float[] {}));
    Offsets offsets = Offsets.of(none, SmallData.ITEMS, 1);
    assertThat(offsets.mean()).isZero();
    assertThat(offsets.ofItems()).containsOnly(0);
  }
}
