package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder("shop")
          .user(Attribute.categorical("town"))
          .item(Attribute.numeric("price"))
          .build();
  private static final List<UserProfile> USERS =
      List.of(UserProfile.builder().id(1).set("town", "a").build(), UserProfile.ofId(2));
  private static final List<Item> ITEMS =
      List.of(Item.builder(10).set("price", 3).build(), Item.builder(20).build());

  private static Ratings rating(long user, long item, float stars) {
    return Ratings.of(new long[] {user}, new long[] {item}, new float[] {stars});
  }

  @Test
  void holdsWhatItWasGivenAndDoesNotFollowIt() {
    List<Item> items = new ArrayList<>(ITEMS);
    Dataset data = Dataset.of(SCHEMA, USERS, items, rating(2, 20, 4));
    items.clear();
    assertThat(data.schema()).isEqualTo(SCHEMA);
    assertThat(data.users()).isEqualTo(USERS);
    assertThat(data.items()).isEqualTo(ITEMS);
    assertThat(data.ratings()).isEqualTo(rating(2, 20, 4));
    assertThat(data.skippedLines()).isZero();
    assertThat(data).hasToString("shop: 2 users, 2 items, 1 ratings");
  }

  @Test
  void ratingsMustReferToUsersAndItemsThatAreThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.of(SCHEMA, USERS, ITEMS, rating(3, 10, 4)))
        .withMessage("rating in row 0: there is no user 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.of(SCHEMA, USERS, ITEMS, rating(1, 2, 4)))
        .withMessage("rating in row 0: there is no item 2");
  }

  @Test
  void usersNeedAnIdAndIdsAreUnique() {
    Ratings none = Ratings.of(new long[0], new long[0], new float[0]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.of(SCHEMA, List.of(UserProfile.builder().build()), ITEMS, none))
        .withMessageContaining("must have an id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.of(SCHEMA, List.of(USERS.get(0), USERS.get(0)), ITEMS, none))
        .withMessage("user id 1 occurs twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.of(SCHEMA, USERS, List.of(ITEMS.get(1), ITEMS.get(1)), none))
        .withMessage("item id 20 occurs twice");
  }

  @Test
  void fingerprintIsOfTheContent() {
    String fingerprint = Dataset.of(SCHEMA, USERS, ITEMS, rating(1, 10, 4)).fingerprint();
    assertThat(fingerprint).matches("[0-9a-f]{16}");
    assertThat(Dataset.of(SCHEMA, USERS, ITEMS, rating(1, 10, 4)).fingerprint())
        .isEqualTo(fingerprint);
  }

  @Test
  void fingerprintTellsEveryDifference() {
    Ratings ratings = rating(1, 10, 4);
    FeatureSchema other = FeatureSchema.builder("shop").build();
    List<UserProfile> otherUsers =
        List.of(UserProfile.builder().id(1).set("town", "b").build(), UserProfile.ofId(2));
    List<Item> otherItems = List.of(ITEMS.get(1), ITEMS.get(0));
    assertThat(
            List.of(
                Dataset.of(SCHEMA, USERS, ITEMS, ratings),
                Dataset.of(other, USERS, ITEMS, ratings),
                Dataset.of(SCHEMA, otherUsers, ITEMS, ratings),
                Dataset.of(SCHEMA, USERS, otherItems, ratings),
                Dataset.of(SCHEMA, USERS, ITEMS, rating(2, 10, 4)),
                Dataset.of(SCHEMA, USERS, ITEMS, rating(1, 20, 4)),
                Dataset.of(SCHEMA, USERS, ITEMS, rating(1, 10, 3))))
        .extracting(Dataset::fingerprint)
        .doesNotHaveDuplicates();
  }

  @Test
  void fingerprintSeesEveryRowOfManyRatings() {
    int rows = 10_000;
    long[] users = new long[rows];
    long[] items = new long[rows];
    float[] stars = new float[rows];
    Arrays.fill(users, 1);
    Arrays.fill(items, 10);
    Arrays.fill(stars, 3);
    String all = Dataset.of(SCHEMA, USERS, ITEMS, Ratings.of(users, items, stars)).fingerprint();
    for (int changed : new int[] {0, 4095, 4096, rows - 1}) {
      stars[changed] = 4;
      assertThat(Dataset.of(SCHEMA, USERS, ITEMS, Ratings.of(users, items, stars)).fingerprint())
          .isNotEqualTo(all);
      stars[changed] = 3;
    }
  }
}
