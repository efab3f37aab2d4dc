package dev.recsys.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recsys.index.schema.MetricType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every backend promises of new entities and new names. */
public abstract class CollectionLifeContract extends KeyContract {
  CollectionLifeContract() {}

  // inserting

  @Test
  void insertedEntitiesAreThere() {
    VectorCollection movies = movies(MetricType.IP);
    assertThat(movies.insert(List.of(movie(1, 1, 0, 0), movie(2, 0, 1, 0)))).isEqualTo(2);
    assertThat(movies.insert(List.of())).isZero();
    movies = settled(movies);

    assertThat(movies.get(1, 2)).containsExactly(movie(1, 1, 0, 0), movie(2, 0, 1, 0));
    assertThat(ids(movies.search(SearchRequest.nearest(new float[] {0, 1, 0}).limit(1))))
        .containsExactly(2L);
  }

  @Test
  void twoInsertedEntitiesOfOneIdAreRefused() {
    VectorCollection movies = movies(MetricType.IP);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.insert(List.of(movie(1, 1, 0, 0), movie(1, 0, 1, 0))))
        .withMessageContaining("movies")
        .withMessageContaining("1");
    assertThat(settled(movies).count()).isZero();
  }

  @Test
  void anInsertedEntityThatDoesNotFitIsRefusedWithAllOfItsBatch() {
    VectorCollection movies = movies(MetricType.IP);
    List<Entity> batch = List.of(movie(1, 1, 0, 0), movie(2, 1, 0, 0).with("year", "old"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.insert(batch))
        .withMessageContaining("year");
    assertThat(settled(movies).count()).isZero();
  }

  @Test
  void insertingByAnAliasGoesToItsCollection() {
    movies(MetricType.IP);
    store.alias("live", "movies");
    store.collection("live").insert(List.of(movie(3, 1, 0, 0)));
    assertThat(settled(store.collection("movies")).count()).isEqualTo(1);
  }

  // renaming

  @Test
  void aRenamedCollectionIsWhatItWas() {
    movies(MetricType.L2).upsert(List.of(movie(1, 1, 0, 0), movie(2, 0, 1, 0)));
    store.rename("movies", "films");
    store = settled(store);

    assertThat(store.list()).containsExactly("films");
    assertThat(store.has("movies")).isFalse();
    VectorCollection films = store.collection("films");
    assertThat(films.name()).isEqualTo("films");
    assertThat(films.schema()).isEqualTo(MOVIES.named("films"));
    assertThat(films.indexParams()).isEqualTo(index(MetricType.L2));
    assertThat(films.get(1)).containsExactly(movie(1, 1, 0, 0));
    assertThat(ids(films.search(SearchRequest.nearest(new float[] {0, 1, 0}))))
        .containsExactly(2L, 1L);
    films.upsert(List.of(movie(3, 0, 0, 1)));
    assertThat(settled(films).count()).isEqualTo(3);
  }

  @Test
  void theOldNameOfARenamedCollectionIsFree() {
    VectorCollection old = movies(MetricType.IP);
    old.upsert(List.of(movie(1, 1, 0, 0)));
    store.rename("movies", "films");

    assertThatIllegalStateException().isThrownBy(old::count).withMessageContaining("movies");
    assertThat(settled(movies(MetricType.IP)).count()).isZero();
    assertThat(store.list()).containsExactly("films", "movies");
    assertThat(store.collection("films").count()).isEqualTo(1);
  }

  @Test
  void aliasesStandForARenamedCollection() {
    movies(MetricType.IP).upsert(List.of(movie(1, 1, 0, 0)));
    store.alias("live", "movies");
    VectorCollection live = store.collection("live");
    store.rename("movies", "films");

    assertThat(live.count()).isEqualTo(1);
    store = settled(store);
    assertThat(store.aliases()).containsExactly(Map.entry("live", "films"));
    assertThat(store.collection("live").count()).isEqualTo(1);
  }

  @Test
  void aNameThatIsTakenOrNoneIsNotGiven() {
    movies(MetricType.IP).upsert(List.of(movie(1, 1, 0, 0)));
    store.alias("live", "movies");

    for (String name : List.of("movies", "live", "no name")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.rename("movies", name))
          .withMessageContaining(name);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.rename("albums", "records"))
        .withMessageContaining("albums");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.rename("live", "records"))
        .withMessageContaining("live");
    assertThat(settled(store.collection("movies")).count()).isEqualTo(1);
  }
}
