package dev.recsys.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What backends promise that a server older than Milvus 2.5 does not have: several vector fields,
 * nulls and defaults.
 */
public abstract class SeveralVectorsContract extends ContractStore {
  private static final CollectionSchema FILMS =
      CollectionSchema.builder("films")
          .primaryKey("id", DataType.INT64)
          .vector("plot", 2)
          .field("year", DataType.INT32)
          .vector("cover", 3)
          .build();

  /** For subclasses. */
  protected SeveralVectorsContract() {}

  private VectorCollection films(int count) {
    VectorCollection films =
        store.create(
            FILMS, Map.of("plot", index(MetricType.L2), "cover", index(MetricType.COSINE)));
    List<Entity> entities = new ArrayList<>();
    for (int id = 1; id <= count; id++) {
      entities.add(film(id));
    }
    films.upsert(entities);
    return settled(films);
  }

  /** The plots lie on a line in the order of the ids, the covers on a quarter circle in reverse. */
  private static Entity film(int id) {
    double angle = Math.PI / 2 * (1 - id / 100d);
    float[] cover = {(float) Math.cos(angle), (float) Math.sin(angle), 0};
    return Entity.of(id, new float[] {id, 0}).with("cover", cover).with("year", 1900 + id);
  }

  private static SearchRequest byCover() {
    return SearchRequest.nearest(new float[] {1, 0, 0}).annsField("cover");
  }

  @Test
  void eachVectorFieldHasItsIndexAndMetric() {
    VectorCollection films = films(9);

    assertThat(films.schema()).isEqualTo(FILMS);
    assertThat(films.indexParams()).isEqualTo(index(MetricType.L2));
    assertThat(films.indexParams("plot")).isEqualTo(index(MetricType.L2));
    assertThat(films.indexParams("cover")).isEqualTo(index(MetricType.COSINE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> films.indexParams("year"))
        .withMessageContaining("[plot, cover]");
  }

  @Test
  void theFirstVectorFieldIsSearchedUnlessAnotherIsNamed() {
    VectorCollection films = films(9);
    SearchRequest byPlot = SearchRequest.nearest(new float[] {0, 0}).limit(2);

    assertThat(ids(films.search(byPlot))).containsExactly(1L, 2L);
    assertThat(films.search(byPlot.annsField("plot"))).isEqualTo(films.search(byPlot));
    assertThat(ids(films.search(byCover().limit(3)))).containsExactly(9L, 8L, 7L);
    assertThat(films.search(byCover().limit(1)).get(0).score())
        .isEqualTo((float) Math.cos(Math.PI / 2 * 0.91), offset(1e-5f));
  }

  @Test
  void aSearchOfAnotherFieldTakesAllOptions() {
    VectorCollection films = films(9);
    SearchRequest request =
        byCover().filter("year <= 1907").excluding(6).limit(2).offset(1).ef(64).outputFields("*");

    List<Hit> hits = films.search(request);
    assertThat(ids(hits)).containsExactly(5L, 4L);
    assertThat(hits.get(0).fields()).containsOnlyKeys("id", "plot", "year", "cover");
    assertThat((float[]) hits.get(0).fields().get("plot")).containsExactly(5, 0);
    assertThat((float[]) hits.get(0).fields().get("cover"))
        .containsExactly(film(5).vector(FILMS, "cover"));
  }

  @Test
  void theNearestToStoredEntitiesAreThoseOfTheFieldNamed() {
    VectorCollection films = films(9);

    SearchRequest.Batch batch = SearchRequest.nearestTo(9, 1).annsField("cover").limit(2);
    assertThat(films.search(batch))
        .extracting(ContractStore::ids)
        .containsExactly(List.of(9L, 8L), List.of(1L, 2L));
    List<float[]> vectors = List.of(new float[] {1, 0, 0}, new float[] {0, 1, 0});
    assertThat(films.search(SearchRequest.nearestAll(vectors).annsField("cover").limit(1)))
        .extracting(ContractStore::ids)
        .containsExactly(List.of(9L), List.of(1L));
  }

  @Test
  void entitiesComeBackWithAllTheirVectors() {
    VectorCollection films = films(2);

    assertThat(films.get(2, 1)).containsExactly(film(2), film(1));
    assertThat(films.get(1).get(0)).isNotEqualTo(film(1).with("cover", new float[3]));
  }

  @Test
  void writesChangeEveryField() {
    VectorCollection films = films(9);
    films.upsert(List.of(film(1).with("cover", new float[] {1, 0, 0})));
    films.delete(9);
    VectorCollection settled = settled(films);

    assertThat(ids(settled.search(byCover().limit(2)))).containsExactly(1L, 8L);
    assertThat(ids(settled.search(SearchRequest.nearest(new float[] {9, 0}).limit(1))))
        .containsExactly(8L);
  }

  @Test
  void vectorsThatAreMissingUnknownOrOfAnotherDimensionAreRefused() {
    VectorCollection films = films(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> films.upsert(List.of(film(2).with("cover", null))))
        .withMessageContaining("entity 2")
        .withMessageContaining("\"cover\" is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> films.upsert(List.of(film(2).with("poster", new float[3]))))
        .withMessageContaining("poster")
        .withMessageContaining("[cover]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> films.upsert(List.of(film(2).with("plot", new float[2]))))
        .withMessageContaining("plot");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> films.upsert(List.of(film(2).with("cover", new float[2]))))
        .withMessageContaining("dimension 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> films.upsert(List.of(film(2).with("year", new float[2]))))
        .withMessageContaining("year");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> films.upsert(List.of(film(2).with("cover", 7))))
        .withMessageContaining("\"cover\": expected a vector of dimension 3, received 7");
    assertThat(films.count()).isEqualTo(1);
  }

  @Test
  void aSearchOfAFieldThatIsNoVectorIsRefused() {
    VectorCollection films = films(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> films.search(byCover().annsField("year")))
        .withMessageContaining("no vector field \"year\"; it has [plot, cover]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> films.search(byCover().annsField("plot")))
        .withMessageContaining("dimension 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> films.search(SearchRequest.nearestTo(1).annsField("year")))
        .withMessageContaining("no vector field \"year\"");
  }

  @Test
  void anIndexIsNeededForEachVectorField() {
    for (Map<String, IndexParams> some :
        List.of(
            Map.of("plot", index(MetricType.L2)),
            Map.of(
                "plot", index(MetricType.L2),
                "cover", index(MetricType.L2),
                "year", index(MetricType.L2)))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.create(FILMS, some))
          .withMessageContaining("vector fields [cover, plot]");
    }
    assertThat(store.list()).isEmpty();
  }

  @Test
  void aCollectionOfSeveralVectorsIsRenamedAndDroppedWhole() {
    films(9);
    store.rename("films", "movies");
    store = settled(store);

    assertThat(ids(store.collection("movies").search(byCover().limit(1)))).containsExactly(9L);
    store.drop("movies");
    store = settled(store);
    assertThat(store.list()).isEmpty();
  }

  @Test
  void nullsStayNullAndDefaultsTakeThePlaceOfWhatIsMissing() {
    CollectionSchema schema =
        CollectionSchema.builder("films")
            .primaryKey("id", DataType.INT64)
            .vector("plot", 2)
            .add(FieldSchema.scalar("title", DataType.VARCHAR).asNullable())
            .add(FieldSchema.scalar("stars", DataType.INT8).withDefault(3))
            .add(FieldSchema.array("genres", DataType.VARCHAR).asNullable())
            .build();
    Entity bare = Entity.of(1, new float[2]);
    Entity full =
        Entity.of(2, new float[2])
            .with("title", "t")
            .with("stars", 5)
            .with("genres", List.of("Drama"));
    VectorCollection films = store.create(schema, index(MetricType.L2));
    films.upsert(List.of(bare, full));
    films = settled(films);

    assertThat(films.schema()).isEqualTo(schema);
    assertThat(films.get(1, 2)).containsExactly(bare.with("stars", 3), full);
    assertThat(films.query(QueryRequest.where("title is null").outputFields("*")))
        .extracting(row -> row.get("id"))
        .containsExactly(1L);
    assertThat(films.query(QueryRequest.where("title == 't' or stars == 3")))
        .containsExactly(Map.of("id", 1L), Map.of("id", 2L));
    assertThat(films.query(QueryRequest.where("not (title == 't')"))).isEmpty();
  }
}
