package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.data.CsvFiles;
import dev.recsys.data.Dataset;
import dev.recsys.data.Shop;
import dev.recsys.data.Split;
import dev.recsys.eval.Evaluation;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.model.FusionModel;
import dev.recsys.model.FusionTrainer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All the way from the CSV files of a shop to its recommendations. */
class ShopTest {
  @TempDir private static Path directory;
  private static Dataset shop;
  private static Split split;
  private static FusionModel model;

  @BeforeAll
  static void train() throws Exception {
    Shop.write(directory, 1);
    shop = CsvFiles.read(directory);
    split = shop.split(0.8, 0.1, 0.1, 2);
    model = FusionTrainer.builder().epochs(4).seed(3).build().fit(split);
  }

  @Test
  void filesAreReadAsTheSchemaSays() {
    assertThat(shop.schema().name()).isEqualTo("shop");
    assertThat(shop.users()).hasSize(240);
    assertThat(shop.users().get(4).values()).containsEntry("hobby", "garden");
    assertThat(shop.users().get(9).values()).doesNotContainKey("country");
    Item first = shop.items().get(0);
    assertThat(first.get("title")).asString().endsWith(", no. 1");
    assertThat((List<?>) first.get("tags")).hasSize(2);
    assertThat(first.get("price")).isInstanceOf(Double.class);
    assertThat(shop.ratings().hasTimes()).isTrue();
  }

  @Test
  void whoIsNewIsShownTheDepartmentOfTheirHobby() {
    try (VectorStore store = EmbeddedVectorStore.inMemory();
        Recommender recommender = Recommender.of(model, store)) {
      for (int hobby = 0; hobby < Shop.HOBBIES.size(); hobby++) {
        UserProfile stranger = UserProfile.builder().set("hobby", Shop.HOBBIES.get(hobby)).build();
        List<Recommendation> best = recommender.forUser(stranger).topK(5);
        assertThat(best).extracting(each -> Shop.departmentOf(each.id())).containsOnly(hobby);
      }
      String cheapPans = "department == 'cooking' and price < 50";
      assertThat(recommender.forUser(UserProfile.ofId(2)).where(cheapPans).topK(3))
          .isNotEmpty()
          .allMatch(each -> Shop.departmentOf(each.id()) == 0);
    }
  }

  @Test
  void rankingFindsTheDepartment() {
    double chance = 10.0 / shop.items().size();
    assertThat(Evaluation.of(model, split).recall()).isGreaterThan(2 * chance);
  }
}
