package dev.recsys.index.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryColumnsTest {
  private static final CollectionSchema SCHEMA =
      CollectionSchema.builder("c")
          .primaryKey("id", DataType.INT64)
          .vector("v", 2)
          .field("n", DataType.INT32)
          .add(FieldSchema.scalar("s", DataType.VARCHAR).withDefault("none"))
          .arrayField("a", DataType.VARCHAR)
          .build();

  private final MemoryColumns columns = new MemoryColumns(SCHEMA);

  private static Map<String, Object> fields(int n, String s) {
    return Map.of("n", n, "s", s, "a", List.of(s, "all"), "v", new float[2]);
  }

  private int[] rows(String filter) {
    return Filter.parse(filter).bind(SCHEMA).rows(columns).toArray();
  }

  @Test
  void rowsAreGivenAgainAfterTheyWereDeleted() {
    for (int i = 0; i < 100; i++) {
      assertThat(columns.append(i, fields(i, "s" + i))).isEqualTo(i);
    }
    columns.delete(7);
    columns.delete(50);
    assertThat(columns.rows().getCardinality()).isEqualTo(98);
    assertThat(rows("n == 7 or s == 's50' or array_contains(a, 's7')")).isEmpty();
    assertThat(rows("array_contains(a, 'all')")).hasSize(98);
    assertThat(rows("s != 'x'")).hasSize(98);
    assertThat(List.of(columns.append(100, fields(1, "x")), columns.append(101, fields(2, "y"))))
        .containsExactlyInAnyOrder(7, 50);
    assertThat(rows("id >= 100")).containsExactly(7, 50);
  }

  @Test
  void whatIsOverwrittenIsFoundByItsNewValuesOnly() {
    int row = columns.append(1, fields(1, "old"));
    columns.overwrite(row, 2, fields(2, "new"));
    assertThat(rows("id == 2 and n == 2 and s == 'new' and array_contains(a, 'new')"))
        .containsExactly(row);
    assertThat(rows("id == 1 or n == 1 or s == 'old' or array_contains(a, 'old')")).isEmpty();
  }

  @Test
  void missingValuesBecomeTheDefault() {
    columns.append(1, Map.of("n", 1, "a", List.of()));
    assertThat(rows("s == 'none'")).containsExactly(0);
  }

  @Test
  void whatIsRefusedChangesNothing() {
    int row = columns.append(1, fields(1, "kept"));
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("n", 1),
            Map.of("n", "x", "a", List.of()),
            Map.of("n", 1, "a", List.of(1)),
            Map.of("n", 1, "a", List.of(), "other", 1))) {
      assertThatIllegalArgumentException().isThrownBy(() -> columns.append(2, wrong));
      assertThatIllegalArgumentException().isThrownBy(() -> columns.overwrite(row, 2, wrong));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> columns.append("k", fields(1, "s")));
    assertThat(columns.rows().toArray()).containsExactly(row);
    assertThat(rows("id == 1 and s == 'kept' and array_contains(a, 'kept')")).containsExactly(row);
    assertThat(columns.append(2, fields(2, "next"))).isEqualTo(row + 1);
  }

  @Test
  void rowsWithoutAnEntityAreRefused() {
    columns.append(1, fields(1, "s"));
    columns.delete(0);
    for (int row : new int[] {-1, 0, 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> columns.delete(row))
          .withMessage("collection \"c\": row " + row + " holds no entity");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> columns.overwrite(row, 1, fields(1, "s")));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> columns.column("v"))
        .withMessageContaining("it has [id, n, s, a]");
  }

  @Test
  void columnsOfManyValuesGiveTheirIndexUpAndFindTheSame() {
    for (int i = 0; i <= Groups.MAX_VALUES; i++) {
      columns.append(i, fields(i % 3, "s" + i));
    }
    assertThat(columns.column("id").groups()).isNull();
    assertThat(columns.column("s").groups()).isNull();
    assertThat(((Columns.Lists) columns.column("a")).with("all")).isNull();
    assertThat(columns.column("n").groups()).hasSize(3);
    assertThat(rows("id == 5 or s == 's7' or array_contains(a, 's9')")).containsExactly(5, 7, 9);
    columns.delete(9);
    assertThat(rows("array_contains_any(a, ['s9', 's10'])")).containsExactly(10);
    assertThat(rows("id < 3 and n == 1")).containsExactly(1);
  }

  @Test
  void aKeyIsHeldByOneRow() {
    int first = columns.append(1, fields(1, "a"));
    int second = columns.append(2, fields(2, "b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> columns.append(1L, fields(3, "c")))
        .withMessageContaining("row " + first + " holds the key 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> columns.overwrite(second, 1, fields(3, "c")));
    assertThat(rows("n < 3")).containsExactly(first, second);
    assertThat(columns.key(second)).isEqualTo(2L);
    columns.delete(second);
    assertThatIllegalArgumentException().isThrownBy(() -> columns.key(second));
    assertThat(columns.row(2L)).isEqualTo(-1);
    assertThat(columns.row("2")).isEqualTo(-1);
  }

  @Test
  void keysOfBothTypesAreFoundThroughRandomChanges() {
    CollectionSchema texts =
        CollectionSchema.builder("t").primaryKey("k", DataType.VARCHAR).vector("v", 1).build();
    CollectionSchema numbers =
        CollectionSchema.builder("t").primaryKey("k", DataType.INT64).vector("v", 1).build();
    for (boolean text : new boolean[] {true, false}) {
      MemoryColumns keyed = new MemoryColumns(text ? texts : numbers);
      Map<Object, Integer> expected = new HashMap<>();
      Random random = new Random(5);
      for (int i = 0; i < 20_000; i++) {
        int number = random.nextInt(300) - 150;
        Object key = text ? "k" + number : (Object) (long) number;
        Integer row = expected.get(key);
        if (row == null) {
          expected.put(key, keyed.append(key, Map.of()));
        } else if (random.nextBoolean()) {
          keyed.overwrite(row, key, Map.of());
        } else {
          keyed.delete(row);
          expected.remove(key);
        }
        assertThat(keyed.row(key)).isEqualTo(expected.getOrDefault(key, -1));
      }
      assertThat(expected).isNotEmpty();
      expected.forEach((key, row) -> assertThat(keyed.row(key)).isEqualTo(row));
      expected.forEach((key, row) -> assertThat(keyed.key(row)).isEqualTo(key));
    }
  }

  @Test
  void conditionsOnTheKeyAreLookedUp() {
    for (int i = 0; i < 2_000; i++) {
      columns.append(i, fields(i, "s"));
    }
    assertThat(rows("id == 7 or id in [1999, 5000, 3]")).containsExactly(3, 7, 1999);
    assertThat(rows("id != 7")).hasSize(1_999).doesNotContain(7);
    assertThat(rows("id not in [0, 1] and n < 3")).containsExactly(2);
    assertThat(rows("5 == id")).containsExactly(5);
    assertThat(rows("id == 5.0 or id in [6.0]")).containsExactly(5, 6);
    assertThat(rows("id in []")).isEmpty();
  }
}
