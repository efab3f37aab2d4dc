package dev.recsys.index.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roaringbitmap.RoaringBitmap;

class RandomExpressionsTest {
  private final MemoryColumns columns = new MemoryColumns(Samples.SCHEMA);
  private final Map<Integer, Map<String, Object>> rows = new LinkedHashMap<>();

  private void fill(Samples samples, Random random, int count) {
    for (int id = 0; id < count; id++) {
      Map<String, @Nullable Object> fields = samples.row();
      int row = columns.append(id, fields);
      if (random.nextInt(6) == 0) {
        fields = samples.row();
        columns.overwrite(row, id, fields);
      }
      if (random.nextInt(8) == 0) {
        columns.delete(row);
        rows.remove(row);
      } else {
        rows.put(row, reference(id, fields));
      }
    }
  }

  private static Map<String, Object> reference(long id, Map<String, @Nullable Object> fields) {
    Map<String, Object> row = new HashMap<>();
    row.put("id", id);
    Map<String, Object> others = new HashMap<>();
    fields.forEach(
        (name, value) -> {
          if (value != null) {
            row.put(name, value);
            if (name.equals("x") || name.equals("y")) {
              others.put(name, value);
            }
          }
        });
    row.put("$meta", others);
    return row;
  }

  @ParameterizedTest
  @CsvSource({"1, 90, 6000", "2, 120, 6000", "3, 1500, 300"})
  void columnsGiveWhatAPlainEvaluationOfEachRowGives(int seed, int rowCount, int expressions) {
    Random random = new Random(seed);
    Samples samples = new Samples(random);
    fill(samples, random, rowCount);
    int bound = 0;
    int matches = 0;
    while (bound < expressions) {
      String text = samples.condition(random.nextInt(4));
      Filter filter;
      BoundFilter ready;
      try {
        filter = Filter.parse(text);
        ready = filter.bind(Samples.SCHEMA);
      } catch (FilterException e) {
        assertThat(e.expected()).as(text).containsAnyOf("divisor", "finite result", "64 bits");
        continue;
      }
      bound++;
      RoaringBitmap found = ready.rows(columns);
      RoaringBitmap expected = new RoaringBitmap();
      rows.forEach(
          (row, fields) -> {
            Reference reference = new Reference(Samples.SCHEMA, fields);
            if (Boolean.TRUE.equals(reference.holds(filter.expr()))) {
              expected.add(row);
            }
          });
      assertThat(found).as(text).isEqualTo(expected);
      assertThat(Filter.parse(filter.toString())).as(text).isEqualTo(filter);
      matches += found.getCardinality() > 0 && found.getCardinality() < rows.size() ? 1 : 0;
    }
    assertThat(matches).as("conditions that some rows satisfy").isGreaterThan(expressions / 3);
  }
}
