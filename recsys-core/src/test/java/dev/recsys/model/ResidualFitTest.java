package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Rating;
import dev.recsys.data.Split;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ResidualFitTest {
  private static final Split SPLIT = SmallData.split();
  private static final TrainingData DATA = new TrainingData(SPLIT, false);
  private static final ServingForm TOWERS = SmallData.untrained(DATA);
  private static final int ITEMS = SmallData.ITEMS;

  /** All dimensions, so that nothing is lost. */
  private static final ResidualSettings WHOLE = new ResidualSettings(ITEMS, 0.5, 5);

  private static RatingForm fit(Split split) {
    return new ResidualFit(DATA, WHOLE, TOWERS, 1).fit(split);
  }

  private static float[] blend(RatingForm form) {
    return Tensor.get(form.ownTensors(), RatingForm.BLEND).floats();
  }

  /** What item j's rating says of item i, by inverting the matrix in double precision. */
  private static double[][] regression(Offsets offsets, History history) {
    double[][] gram = new double[ITEMS][ITEMS];
    for (int user = 1; user < history.users(); user++) {
      int start = history.start(user);
      for (int a = start; a < start + history.count(user); a++) {
        for (int b = start; b < start + history.count(user); b++) {
          gram[history.item(a) - 1][history.item(b) - 1] +=
              (double) offsets.residual(user, a) * offsets.residual(user, b);
        }
      }
    }
    double mean = 0;
    for (int i = 0; i < ITEMS; i++) {
      mean += gram[i][i] / ITEMS;
    }
    for (int i = 0; i < ITEMS; i++) {
      gram[i][i] += WHOLE.ridge() * mean;
    }
    double[][] inverse = Vectors.inverse(gram);
    double[][] weights = new double[ITEMS][ITEMS];
    for (int j = 0; j < ITEMS; j++) {
      for (int i = 0; i < ITEMS; i++) {
        weights[j][i] = i == j ? 0 : -inverse[j][i] / inverse[i][i];
      }
    }
    return weights;
  }

  @Test
  void predictsTowersOffsetsAndRegressionByTheirWeights() {
    RatingForm form = fit(SPLIT);
    History history = History.of(DATA.encoder(), SPLIT.train(), SPLIT.validation());
    Offsets offsets = Offsets.of(history, ITEMS, WHOLE.damping());
    double[][] weights = regression(offsets, history);
    float[] blend = blend(form);
    for (int user = 1; user < history.users(); user++) {
      float[] vector = form.userVector(user);
      for (int item = 1; item <= ITEMS; item++) {
        double regressed = 0;
        int start = history.start(user);
        for (int rating = start; rating < start + history.count(user); rating++) {
          regressed += offsets.residual(user, rating) * weights[history.item(rating) - 1][item - 1];
        }
        double towers = FusionModel.score(TOWERS.innerProduct(TOWERS.userVector(user), item));
        double expected =
            offsets.mean()
                + blend[2] * (towers - offsets.mean())
                + blend[3] * (offsets.ofUsers()[user] + offsets.ofItems()[item - 1])
                + blend[4] * regressed;
        assertThat(FusionModel.score(form.innerProduct(vector, item)))
            .isCloseTo(expected, within(2e-3));
        assertThat(Vectors.dot(vector, form.itemVector(item)))
            .isCloseTo(form.innerProduct(vector, item), within(1e-5));
      }
    }
  }

  @Test
  void makesTheErrorOnTheValidationPartSmaller() {
    ResidualFit fit = new ResidualFit(DATA, WHOLE, TOWERS, 1);
    fit.fit(SPLIT);
    int users = DATA.encoder().userRows();
    assertThat(fit.validationRmse())
        .isLessThan(0.8 * StarError.rmse(TOWERS, DATA.validation(), users));
    assertThat(fit.seconds()).isPositive();
  }

  @Test
  void aStrangersRatingsCountAsAKnownUsersDo() {
    RatingForm form = fit(SPLIT);
    History history = History.of(DATA.encoder(), SPLIT.train(), SPLIT.validation());
    int known = 7;
    List<Rating> given = new ArrayList<>();
    int start = history.start(known);
    for (int rating = start; rating < start + history.count(known); rating++) {
      given.add(Rating.of(DATA.encoder().itemId(history.item(rating)), history.stars(rating)));
    }
    UserProfile stranger = UserProfile.builder().set("side", "R").build();
    float[] expected = form.userVector(known);
    float[] found = form.userVector(stranger, given);
    for (int i = TOWERS.dimension(); i < form.dimension(); i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
    }
    assertThat(form.userVector(stranger, List.of()))
        .isNotEqualTo(found)
        .endsWith(new float[form.dimension() - TOWERS.dimension()]);
  }

  @Test
  void withoutAValidationPartTheUsualWeightsAreTaken() {
    Split split = SmallData.dataset().split(0.9, 0, 0.1, 1);
    TrainingData data = new TrainingData(split, false);
    ResidualFit fit = new ResidualFit(data, WHOLE, SmallData.untrained(data), 1);
    float[] blend = blend(fit.fit(split));
    assertThat(new float[] {blend[2], blend[3], blend[4]}).containsExactly(0.83f, 0.17f, 0.95f);
    assertThat(fit.validationRmse()).isNaN();
  }

  @Test
  void whatSimilarItemsAreAskedWithHasNoShareInTheRatings() {
    RatingForm form = fit(SPLIT);
    double cosine = Vectors.dot(form.similarityVector(3), form.itemVector(3));
    assertThat(cosine).isCloseTo(1, within(1e-5));
  }

  @Test
  void tablesThatDoNotFitAreRefused() {
    RatingForm form = fit(SPLIT);
    UserRatings ratings =
        new UserRatings(DATA.encoder(), History.of(DATA.encoder(), SPLIT.train()));
    Map<String, Tensor> tensors = new TreeMap<>(form.ownTensors());
    tensors.put(RatingForm.OFFSETS, Tensor.of(new float[3], 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RatingForm(DATA.encoder(), TOWERS, ratings, tensors))
        .withMessageContaining(RatingForm.OFFSETS);
    tensors.putAll(form.ownTensors());
    float[] blend = blend(form).clone();
    blend[1] = 0;
    tensors.put(RatingForm.BLEND, Tensor.of(blend, blend.length));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RatingForm(DATA.encoder(), TOWERS, ratings, tensors))
        .withMessageContaining("damping");
    blend[1] = Float.NaN;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RatingForm(DATA.encoder(), TOWERS, ratings, tensors))
        .withMessageContaining("finite");
  }

  @Test
  void anInterruptIsLookedAt() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> fit(SPLIT)).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ResidualSettings(0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ResidualSettings(1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ResidualSettings(1, 1, 0));
  }
}
