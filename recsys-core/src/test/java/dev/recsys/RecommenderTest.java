package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.model.FusionModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecommenderTest {
  private static final UserProfile STRANGER =
      UserProfile.builder().set("gender", "F").set("age", 25).set("occupation", 10).build();

  private final FusionModel model = SampleModel.model();
  private final VectorStore store = EmbeddedVectorStore.inMemory();
  private final Recommender recommender = Recommender.of(model, store);

  @AfterEach
  void close() {
    recommender.close();
    store.close();
  }

  @Test
  void findsWhatScoringEveryItemFinds() {
    for (UserProfile user : SampleModel.dataset().users().subList(0, 40)) {
      List<Long> expected = bestByScoringAll(user, 10);
      assertThat(recommender.forUser(user).topK(10))
          .extracting(Recommendation::id)
          .containsExactlyElementsOf(expected);
    }
  }

  @Test
  void scoreAndStarsAreOnTheirOwnScales() {
    for (Recommendation each : recommender.forUser(STRANGER).topK(20)) {
      assertThat(each.predictedRating()).isBetween(1.0, 5.0);
      assertThat(each.predictedRating())
          .isCloseTo(Math.min(5, Math.max(1, (each.score() + 5) / 2)), within(1e-9));
      assertThat(each.predictedRating())
          .isCloseTo(model.predictStars(STRANGER, each.id()), within(1e-5));
      assertThat(each.title()).isEqualTo(model.item(each.id()).title()).isNotEmpty();
    }
  }

  @Test
  void excludeSeenLeavesOutExactlyTheHistory() {
    UserProfile user = SampleModel.dataset().users().get(0);
    long[] seen = model.history(user.id().getAsLong());
    int all = model.items().size();

    List<Recommendation> unseen = recommender.forUser(user).excludeSeen().topK(all);

    assertThat(seen).isNotEmpty();
    assertThat(unseen).hasSize(all - seen.length);
    assertThat(unseen).extracting(Recommendation::id).doesNotContainAnyElementsOf(boxed(seen));
  }

  @Test
  void excludeSeenOfSomebodyUnknownLeavesOutNothing() {
    int all = model.items().size();
    assertThat(recommender.forUser(STRANGER).excludeSeen().topK(all)).hasSize(all);
  }

  @Test
  void excludingAddsUp() {
    List<Recommendation> top = recommender.forUser(STRANGER).topK(4);
    UserQuery query =
        recommender.forUser(STRANGER).excluding(top.get(0).id()).excluding(top.get(1).id());
    assertThat(query.topK(2)).isEqualTo(top.subList(2, 4));
  }

  @Test
  void anUnseenIdIsServedFromItsAttributesNotFromAnotherUsersId() {
    UserProfile unseen =
        UserProfile.builder()
            .id(987_654_321L)
            .set("gender", "F")
            .set("age", 25)
            .set("occupation", 10)
            .build();
    assertThat(recommender.forUser(unseen).topK(10))
        .isEqualTo(recommender.forUser(STRANGER).topK(10));
  }

  @Test
  void aKnownIdAloneIsCompletedWithTheAttributesItWasTrainedWith() {
    for (UserProfile user : SampleModel.dataset().users().subList(0, 20)) {
      UserProfile idAlone = UserProfile.ofId(user.id().getAsLong());
      assertThat(recommender.forUser(idAlone).topK(5)).isEqualTo(recommender.forUser(user).topK(5));
    }
  }

  @Test
  void usersTogetherGetWhatEachAloneGets() {
    List<UserProfile> users = SampleModel.dataset().users().subList(0, 30);
    List<List<Recommendation>> together = recommender.forUsers(users).excludeSeen().topK(7);
    for (int i = 0; i < users.size(); i++) {
      assertThat(together.get(i))
          .isEqualTo(recommender.forUser(users.get(i)).excludeSeen().topK(7));
    }
  }

  @Test
  void similarItemsAreRankedByCosineWithoutTheItemItself() {
    long item = model.items().get(3).id();
    List<SimilarItem> similar = recommender.similarTo(item).topK(model.items().size());

    assertThat(similar).hasSize(model.items().size() - 1);
    assertThat(similar).extracting(SimilarItem::id).doesNotContain(item);
    assertThat(similar)
        .isSortedAccordingTo(Comparator.comparingDouble(SimilarItem::similarity).reversed());
    assertThat(similar)
        .allSatisfy(each -> assertThat(each.similarity()).isBetween(-1.00001, 1.00001));
  }

  @Test
  void refusesAnUnknownItem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recommender.similarTo(-5))
        .withMessageContaining("-5");
  }

  @Test
  void refusesKOutsideItsRange() {
    for (int k : new int[] {0, -1, Recommender.MAX_RESULTS + 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> recommender.forUser(STRANGER).topK(k))
          .withMessageContaining("k must be in [1, 16384], got " + k);
    }
  }

  @Test
  void refusesAnAttributeOrValueThatTheSchemaDoesNotKnow() {
    UserProfile shoeSize = UserProfile.builder().set("shoe size", 43).build();
    UserProfile gender = UserProfile.builder().set("gender", "banana").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recommender.forUser(shoeSize).topK(1))
        .withMessageContaining("shoe size");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recommender.forUser(gender).topK(1))
        .withMessageContaining("gender")
        .withMessageContaining("banana");
  }

  @Test
  void aClosedRecommenderSaysSo() {
    UserQuery open = recommender.forUser(STRANGER);
    recommender.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> open.topK(1))
        .withMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(() -> recommender.forUser(STRANGER));
  }

  private List<Long> bestByScoringAll(UserProfile user, int k) {
    float[] vector = model.userVector(user);
    List<Item> items = new ArrayList<>(model.items());
    items.sort(
        Comparator.comparingDouble((Item item) -> -dot(vector, model.itemVector(item.id())))
            .thenComparingLong(Item::id));
    return items.subList(0, k).stream().map(Item::id).toList();
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static List<Long> boxed(long[] ids) {
    List<Long> list = new ArrayList<>();
    for (long id : ids) {
      list.add(id);
    }
    return list;
  }
}
