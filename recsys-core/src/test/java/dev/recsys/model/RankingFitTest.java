package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The closed form against one written down plainly, in doubles. */
class RankingFitTest {
  private static final int ITEMS = SmallData.ITEMS;

  /** The last item has no ratings; its vector is a matter of {@link ContentFit}. */
  private static final int RATED = ITEMS - 1;

  private static final Split SPLIT = SmallData.split();
  private static final TrainingData DATA = new TrainingData(SPLIT, false);
  private static final History HISTORY = History.of(DATA.encoder(), SPLIT.train());

  private static RankingSettings settings(int dimension, double prior) {
    return new RankingSettings(
        dimension, List.of(0.1, 0.2, 0.5, 1.0, 1.25), 0.8, 0.4, 0.25, 0.1, prior, 10);
  }

  private static Map<String, Tensor> fit(RankingSettings settings) {
    return new RankingFit(DATA.encoder(), settings, DATA.users(), SmallData.content(DATA), 1)
        .fit(HISTORY);
  }

  private static RankingForm form(RankingSettings settings) {
    return new RankingForm(
        DATA.encoder(),
        SmallData.untrained(DATA),
        new UserRatings(DATA.encoder(), HISTORY),
        fit(settings));
  }

  @Test
  void whoeverIsInterruptedGivesUp() {
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> fit(settings(8, 0.1)))
          .withMessage("training after its last epoch was interrupted");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  private static double weight(RankingSettings settings, float stars) {
    return settings.starWeights().get((int) stars - 1);
  }

  private static double[] ratings(RankingSettings settings, int user) {
    double[] row = new double[ITEMS];
    for (int i = HISTORY.start(user); i < HISTORY.start(user) + HISTORY.count(user); i++) {
      row[HISTORY.item(i) - 1] = weight(settings, HISTORY.stars(i));
    }
    return row;
  }

  private static double[][] gram(RankingSettings settings) {
    double[][] gram = new double[ITEMS][ITEMS];
    for (int user = 1; user <= SmallData.USERS; user++) {
      double[] row = ratings(settings, user);
      double share = Math.pow(Math.max(1, HISTORY.count(user)), -2 * settings.activityDamping());
      for (int i = 0; i < ITEMS; i++) {
        for (int j = 0; j < ITEMS; j++) {
          gram[i][j] += share * row[i] * row[j];
        }
      }
    }
    return gram;
  }

  /** B, by Gauss and Jordan. */
  private static double[][] weights(RankingSettings settings) {
    double[][] gram = gram(settings);
    double mean = 0;
    for (int i = 0; i < ITEMS; i++) {
      mean += gram[i][i] / ITEMS;
    }
    double[][] penalised = gram(settings);
    for (int i = 0; i < ITEMS; i++) {
      penalised[i][i] += settings.ridge() * mean + settings.dropout() * gram[i][i];
    }
    double[][] inverse = Vectors.inverse(penalised);
    double[][] weights = new double[ITEMS][ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      for (int j = 0; j < ITEMS; j++) {
        double popularity = gram[j][j] / mean + 0.01;
        weights[i][j] =
            i == j
                ? 0
                : -inverse[i][j]
                    / inverse[j][j]
                    * Math.pow(popularity, -settings.popularityDamping());
      }
    }
    return weights;
  }

  private static double score(RankingForm form, int user, int item) {
    return Vectors.dot(form.userVector(user), form.itemVector(item));
  }

  @Test
  void inAllDimensionsScoresAreThoseOfTheRegression() {
    RankingSettings settings = settings(ITEMS, 0);
    RankingForm form = form(settings);
    double[][] weights = weights(settings);
    for (int user = 1; user <= SmallData.USERS; user++) {
      double[] row = ratings(settings, user);
      for (int item = 1; item <= RATED; item++) {
        double expected = 0;
        for (int i = 0; i < ITEMS; i++) {
          expected += row[i] * weights[i][item - 1];
        }
        assertThat(score(form, user, item)).isCloseTo(expected, within(1e-4));
      }
    }
  }

  @Test
  void noRatingSpeaksForItsOwnItem() {
    RankingForm form = form(settings(ITEMS, 0));
    for (int item = 1; item <= RATED; item++) {
      assertThat(Vectors.dot(form.similarityVector(item), form.itemVector(item)))
          .isCloseTo(0, within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16})
  void fewerDimensionsKeepWhatDiffersMostBetweenUsers(int dimension) {
    RankingSettings whole = settings(ITEMS, 0);
    double[][] weights = weights(whole);
    double[][] gram = gram(whole);
    double all = energy(gram, weights, new RankingForm[0]);
    double lost = energy(gram, weights, form(settings(dimension, 0)));
    double lostByMore = energy(gram, weights, form(settings(dimension + 1, 0)));
    assertThat(lost).isLessThan(all * 0.9);
    assertThat(lostByMore).isLessThan(lost);
  }

  /** Energy of the scores, or of what a form makes wrong in them. */
  private static double energy(double[][] gram, double[][] weights, RankingForm... form) {
    double[][] rest = new double[ITEMS][ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      for (int j = 0; j < ITEMS; j++) {
        rest[i][j] = weights[i][j];
        for (RankingForm each : form) {
          rest[i][j] -= Vectors.dot(each.similarityVector(i + 1), each.itemVector(j + 1));
        }
      }
    }
    double energy = 0;
    for (int j = 0; j < ITEMS; j++) {
      for (int a = 0; a < ITEMS; a++) {
        for (int b = 0; b < ITEMS; b++) {
          energy += rest[a][j] * gram[a][b] * rest[b][j];
        }
      }
    }
    return energy;
  }

  @Test
  void everybodyBeginsWithTheMeanOfAllRatings() {
    RankingSettings settings = settings(ITEMS, 0.5);
    RankingForm form = form(settings);
    float[] everybody = Tensor.get(form.tensors(), RankingForm.EVERYBODY).floats();
    int raters = 0;
    double[] sum = new double[ITEMS];
    for (int user = 1; user <= SmallData.USERS; user++) {
      raters += HISTORY.count(user) > 0 ? 1 : 0;
      double[] row = ratings(settings, user);
      for (int i = 0; i < ITEMS; i++) {
        sum[i] += row[i];
      }
    }
    for (int item = 1; item <= RATED; item++) {
      assertThat(Vectors.dot(everybody, form.itemVector(item)))
          .isCloseTo(0.5 * sum[item - 1] / raters, within(1e-4));
    }
  }

  @Test
  void anAttributesValueAddsTheDampedDifferenceOfThoseWhoShareIt() {
    RankingSettings settings = settings(ITEMS, 0.5);
    RankingForm form = form(settings);
    int value = DATA.encoder().vocabulary("side").row("L");
    double[] all = new double[ITEMS];
    double[] sharing = new double[ITEMS];
    int raters = 0;
    int sharers = 0;
    for (int user = 1; user <= SmallData.USERS; user++) {
      if (HISTORY.count(user) > 0) {
        raters++;
        sharers += user % 2 == 0 ? 1 : 0;
        double[] row = ratings(settings, user);
        for (int i = 0; i < ITEMS; i++) {
          all[i] += row[i];
          sharing[i] += user % 2 == 0 ? row[i] : 0;
        }
      }
    }
    float[] table = Tensor.get(form.tensors(), RankingForm.table("side")).floats();
    float[] added = Arrays.copyOfRange(table, value * ITEMS, (value + 1) * ITEMS);
    for (int item = 1; item <= RATED; item++) {
      double difference = sharing[item - 1] - sharers * all[item - 1] / raters;
      assertThat(Vectors.dot(added, form.itemVector(item)))
          .isCloseTo(0.5 * difference / (sharers + 10), within(1e-4));
    }
  }

  @Test
  void theSameSeedGivesTheSameTables() {
    assertThat(fit(settings(8, 0.1))).isEqualTo(fit(settings(8, 0.1)));
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(0, 0))
        .withMessage("ranking: dimension must be at least 1, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(3, -1))
        .withMessage("ranking: prior must be at least 0, not -1.0");
  }
}
