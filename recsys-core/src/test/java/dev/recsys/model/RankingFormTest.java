package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Rating;
import dev.recsys.data.Split;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingFormTest {
  private static final Split SPLIT = SmallData.split();
  private static final TrainingData DATA = new TrainingData(SPLIT, false);
  private static final History HISTORY =
      History.of(DATA.encoder(), SPLIT.train(), SPLIT.validation());
  private static final Map<String, Tensor> TENSORS =
      new RankingFit(DATA.encoder(), SmallData.ranking(), DATA.users(), SmallData.content(DATA), 1)
          .fit(HISTORY);
  private static final RankingForm FORM = form(TENSORS);

  private static RankingForm form(Map<String, Tensor> tensors) {
    return new RankingForm(
        DATA.encoder(),
        SmallData.untrained(DATA),
        new UserRatings(DATA.encoder(), HISTORY),
        tensors);
  }

  private static List<Rating> history(int user) {
    List<Rating> ratings = new ArrayList<>();
    for (int i = HISTORY.start(user); i < HISTORY.start(user) + HISTORY.count(user); i++) {
      ratings.add(Rating.of(DATA.encoder().itemId(HISTORY.item(i)), HISTORY.stars(i)));
    }
    return ratings;
  }

  private static UserProfile stranger(int like) {
    UserProfile.Builder profile = UserProfile.builder();
    SmallData.user(like).values().forEach(profile::set);
    return profile.build();
  }

  private static void assertSame(float[] vector, float[] expected) {
    assertThat(vector).containsExactly(expected, within(1e-5f));
  }

  @Test
  void aStrangerWhoRatesWhatAKnownUserRatedGetsTheSameVector() {
    for (int user = 1; user <= SmallData.USERS; user++) {
      float[] known = FORM.userVector(UserProfile.ofId(user), List.of());
      assertSame(FORM.userVector(stranger(user), history(user)), known);
      assertSame(FORM.userVector(user), known);
      assertThat(known).hasSize(FORM.dimension());
    }
  }

  @Test
  void aVectorIsTheSumOfItsRows() {
    float[] expected = Tensor.get(TENSORS, RankingForm.EVERYBODY).floats().clone();
    for (String attribute : List.of("side", "city")) {
      Object value = SmallData.user(8).get(attribute);
      int row = DATA.encoder().vocabulary(attribute).row(String.valueOf(value));
      add(expected, Tensor.get(TENSORS, RankingForm.table(attribute)), row, 1);
    }
    add(expected, Tensor.get(TENSORS, RankingForm.RATED), 4, 1.25f);
    add(expected, Tensor.get(TENSORS, RankingForm.RATED), 6, 0.2f);
    List<Rating> given = List.of(Rating.of(5, 5), Rating.of(7, 2));
    assertSame(FORM.userVector(stranger(8), given), expected);
  }

  private static void add(float[] sum, Tensor table, int row, float weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * table.floats()[row * sum.length + i];
    }
  }

  @Test
  void aLaterRatingOfAnItemTakesTheEarlierOnesPlace() {
    Rating late = Rating.of(5, 1);
    assertSame(
        FORM.userVector(stranger(3), List.of(Rating.of(5, 5), Rating.of(6, 4), late)),
        FORM.userVector(stranger(3), List.of(Rating.of(6, 4), late)));
    int user = 9;
    List<Rating> changed = new ArrayList<>(history(user));
    Rating again = Rating.of(changed.get(2).item(), 1.5);
    changed.set(2, again);
    assertSame(
        FORM.userVector(UserProfile.ofId(user), List.of(again)),
        FORM.userVector(stranger(user), changed));
  }

  @Test
  void whoSaysNothingGetsWhatEverybodyLikes() {
    assertSame(
        FORM.userVector(UserProfile.builder().build(), List.of()),
        Tensor.get(TENSORS, RankingForm.EVERYBODY).floats());
  }

  @Test
  void likingEvenItemsRanksEvenItemsFirst() {
    List<Rating> even = List.of(Rating.of(2, 5), Rating.of(4, 5), Rating.of(6, 5));
    float[] user = FORM.userVector(UserProfile.builder().build(), even);
    List<Integer> best =
        IntStream.range(7, SmallData.ITEMS)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -Vectors.dot(user, FORM.itemVector(row))))
            .limit(8)
            .toList();
    assertThat(best).hasSize(8).allMatch(row -> row % 2 == 0);
  }

  @Test
  void anItemThatNobodyKnowsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FORM.userVector(stranger(1), List.of(Rating.of(4711, 4))))
        .withMessage("rating of item 4711: it is not one of the model's 40 items");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ranking.everybody",
        "ranking.items",
        "ranking.rated",
        "ranking.weights",
        "ranking.user.side",
        "ranking.user.city"
      })
  void everyTensorMustBeThereFiniteWithItsShape(String name) {
    Map<String, Tensor> tensors = new TreeMap<>(TENSORS);
    Tensor tensor = Tensor.get(tensors, name);
    float[] values = tensor.floats().clone();
    values[values.length - 1] = Float.NaN;
    tensors.put(name, Tensor.of(values, tensor.shape()));
    assertThatThrownBy(() -> form(tensors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected %s[%d] to be finite, found NaN", name, values.length - 1);
    tensors.put(name, Tensor.of(new float[] {1}, 1));
    assertThatThrownBy(() -> form(tensors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected tensor ranking.");
    tensors.remove(name);
    assertThatThrownBy(() -> form(tensors))
        .hasMessage("expected a tensor " + name + ", found none");
  }

  @Test
  void tensorsOfAnotherTypeAreRefused() {
    Map<String, Tensor> tensors = new TreeMap<>(TENSORS);
    tensors.put("ranking.everybody", Tensor.of(new int[FORM.dimension()], FORM.dimension()));
    assertThatThrownBy(() -> form(tensors)).isInstanceOf(IllegalArgumentException.class);
  }
}
