package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Rating;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
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
      assertThat(each.predictedRating()).isEqualTo(model.predictStars(STRANGER, each.id()));
      assertThat(each.score())
          .isCloseTo(dot(model.userVector(STRANGER), model.itemVector(each.id())), within(1e-5));
      assertThat(each.title()).isEqualTo(model.item(each.id()).title()).isNotEmpty();
    }
  }

  @Test
  void aModelThatRanksByPredictedStarsScoresOnTheirScale() {
    FusionModel stars = model.rankingBy(Objective.RATING);
    try (Recommender byStars = Recommender.of(stars, store)) {
      List<Recommendation> found = byStars.forUser(STRANGER).topK(20);
      for (Recommendation each : found) {
        assertThat(each.predictedRating()).isBetween(1.0, 5.0);
        assertThat(each.predictedRating())
            .isCloseTo(Math.min(5, Math.max(1, (each.score() + 5) / 2)), within(1e-5));
      }
      assertThat(found)
          .isSortedAccordingTo(
              Comparator.comparingDouble(Recommendation::predictedRating).reversed());
      assertThat(byStars.similarTo(1).topK(20))
          .allSatisfy(each -> assertThat(each.similarity()).isBetween(-1.00001, 1.00001));
      assertThat(byStars.forUser(STRANGER).withHistory(Rating.of(1, 5)).topK(20))
          .isNotEqualTo(found);
    }
  }

  @Test
  void loadingOneObjectiveLeavesTheOtherOnesVectorsWhereTheyAre() {
    FusionModel stars = model.rankingBy(Objective.RATING);
    Recommender.load(stars, store, IndexParams.flat(MetricType.IP));
    assertThat(store.list())
        .containsExactlyInAnyOrder("items_" + model.fingerprint(), "items_" + stars.fingerprint());
  }

  @Test
  void ratingsGivenNowMoveTheRankingAndTheStars() {
    long liked = model.items().get(5).id();
    UserQuery before = recommender.forUser(STRANGER);
    UserQuery after = before.withHistory(Rating.of(liked, 5));
    int all = model.items().size();
    assertThat(after.topK(all)).isNotEqualTo(before.topK(all));
    for (Recommendation each : after.topK(10)) {
      assertThat(each.predictedRating())
          .isNotEqualTo(model.predictStars(STRANGER, each.id()))
          .isEqualTo(
              model
                  .predictStars(
                      STRANGER, List.of(Rating.of(liked, 5)), List.of(model.item(each.id())))[0]);
    }
  }

  @Test
  void aStrangerWithTheRatingsOfAKnownUserGetsTheSame() {
    UserProfile known = SampleModel.dataset().users().get(3);
    UserProfile.Builder alike = UserProfile.builder();
    known.values().forEach(alike::set);
    Rating[] ratings = ratings(known.id().getAsLong());
    UserQuery stranger = recommender.forUser(alike.build()).withHistory(ratings).excludeSeen();
    assertThat(stranger.topK(10))
        .extracting(Recommendation::id)
        .isEqualTo(
            recommender.forUser(known).excludeSeen().topK(10).stream()
                .map(Recommendation::id)
                .toList());
  }

  private static Rating[] ratings(long user) {
    List<Rating> ratings = new ArrayList<>();
    Split split = SampleModel.split();
    for (Ratings part : List.of(split.train(), split.validation())) {
      for (int i = 0; i < part.size(); i++) {
        if (part.user(i) == user) {
          ratings.add(Rating.of(part.item(i), part.stars(i)));
        }
      }
    }
    return ratings.toArray(Rating[]::new);
  }

  @Test
  void excludeSeenLeavesOutRatingsGivenBeforeAndAfterIt() {
    long first = recommender.forUser(STRANGER).topK(1).get(0).id();
    long last = model.items().get(9).id();
    List<Recommendation> found =
        recommender
            .forUser(STRANGER)
            .withHistory(Rating.of(first, 4))
            .excludeSeen()
            .withHistory(Rating.of(last, 4))
            .topK(model.items().size());
    assertThat(found).hasSize(model.items().size() - 2);
    assertThat(found).extracting(Recommendation::id).doesNotContain(first, last);
  }

  @Test
  void aRatingOfAnItemThatTheModelDoesNotKnowIsRefused() {
    UserQuery query = recommender.forUser(STRANGER);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> query.withHistory(Rating.of(-3, 4)))
        .withMessage("item -3 is not in the model's catalogue");
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
  void similarItemsAreRankedWithoutTheItemItself() {
    long item = model.items().get(3).id();
    List<SimilarItem> similar = recommender.similarTo(item).topK(model.items().size());

    assertThat(similar).hasSize(model.items().size() - 1);
    assertThat(similar).extracting(SimilarItem::id).doesNotContain(item);
    assertThat(similar)
        .isSortedAccordingTo(Comparator.comparingDouble(SimilarItem::similarity).reversed());
  }

  private List<Recommendation> all(UserQuery query) {
    return query.topK(model.items().size());
  }

  private boolean isRecentDrama(long id) {
    Item item = model.item(id);
    return item.get("genres") instanceof List<?> genres
        && genres.contains("Drama")
        && item.get("year") instanceof Number year
        && year.doubleValue() >= 1970;
  }

  @Test
  void aFilterKeepsTheRankingOfWhatSatisfiesIt() {
    String filter = "array_contains(genres, 'Drama') and year >= 1970";
    UserQuery query = recommender.forUser(STRANGER);
    List<Recommendation> dramas =
        all(query).stream().filter(each -> isRecentDrama(each.id())).toList();
    assertThat(dramas).hasSizeBetween(5, model.items().size() - 5);

    assertThat(all(query.where(filter))).isEqualTo(dramas);
    assertThat(query.where("year < 0").where(filter).topK(3)).isEqualTo(dramas.subList(0, 3));
    assertThat(recommender.forUsers(List.of(STRANGER)).where(filter).topK(3))
        .containsExactly(dramas.subList(0, 3));
    long item = model.items().get(0).id();
    List<SimilarItem> similar = recommender.similarTo(item).topK(model.items().size());
    assertThat(recommender.similarTo(item).where(filter).topK(model.items().size()))
        .isEqualTo(similar.stream().filter(each -> isRecentDrama(each.id())).toList());
  }

  @Test
  void aFilterThatDoesNotFitTheItemsIsRefused() {
    UserQuery query = recommender.forUser(STRANGER);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> query.where("director == 'X'").topK(5))
        .withMessageContaining("director");
    assertThatIllegalArgumentException().isThrownBy(() -> query.where("year >"));
  }

  @Test
  void pagesFollowEachOther() {
    UserQuery query = recommender.forUser(STRANGER);
    List<Recommendation> pages = new ArrayList<>(query.topK(7));
    pages.addAll(query.offset(7).topK(7));
    assertThat(pages).isEqualTo(query.topK(14));
    assertThat(query.offset(model.items().size()).topK(7)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> query.offset(-1));
  }

  @Test
  void onlyScoresAboveTheLeastAreKept() {
    for (Objective objective : List.of(Objective.RANKING, Objective.RATING)) {
      try (Recommender ranked = Recommender.of(model.rankingBy(objective), store)) {
        UserQuery query = ranked.forUser(STRANGER);
        List<Recommendation> best = query.topK(12);
        double least = (best.get(9).score() + best.get(10).score()) / 2;
        assertThat(all(query.scoresAbove(least))).isEqualTo(best.subList(0, 10));
      }
    }
    UserQuery query = recommender.forUser(STRANGER);
    assertThatIllegalArgumentException().isThrownBy(() -> query.scoresAbove(Double.NaN));
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
