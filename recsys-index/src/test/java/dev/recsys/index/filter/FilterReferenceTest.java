package dev.recsys.index.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of the reference, which stands beside the sources. */
class FilterReferenceTest {
  private static final CollectionSchema MOVIES =
      CollectionSchema.builder("movies")
          .primaryKey("id", DataType.INT64)
          .vector("vector", 2)
          .field("title", DataType.VARCHAR)
          .add(FieldSchema.scalar("year", DataType.INT32).asNullable())
          .field("score", DataType.FLOAT)
          .field("price", DataType.DOUBLE)
          .field("adult", DataType.BOOL)
          .arrayField("genres", DataType.VARCHAR)
          .arrayField("ratings", DataType.INT32)
          .add(FieldSchema.scalar("info", DataType.JSON).asNullable())
          .dynamicField()
          .build();

  private static List<String> examples(String kind) throws IOException {
    List<String> found = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(Path.of("src/docs/filter.md"))) {
      if (line.startsWith("```")) {
        inside = line.equals("```" + kind);
      } else if (inside) {
        found.add(line);
      }
    }
    assertThat(found).hasSizeGreaterThan(5);
    return found;
  }

  @Test
  void everyExampleFitsTheSchema() throws IOException {
    MemoryColumns columns = new MemoryColumns(MOVIES);
    for (String example : examples("filter")) {
      Filter filter = Filter.parse(example);
      assertThat(filter.bind(MOVIES).rows(columns).isEmpty()).as(example).isTrue();
      assertThat(Filter.parse(filter.toString())).as(example).isEqualTo(filter);
    }
  }

  @Test
  void everyExampleOfWhatIsRefusedIsRefused() throws IOException {
    for (String example : examples("refused")) {
      assertThatExceptionOfType(FilterException.class)
          .as(example)
          .isThrownBy(() -> Filter.parse(example).bind(MOVIES));
    }
  }

  @Test
  void everyLevelOfThePrecedenceTableHolds() {
    assertSame("a like 'x' and b == 1", "(a like 'x') and (b == 1)");
    assertSame("2 ** 3 ** 2 == 64", "((2 ** 3) ** 2) == 64");
    assertSame("-a ** 2 == 1", "(-(a ** 2)) == 1");
    assertSame("-a * b == 1", "((-a) * b) == 1");
    assertSame("a + b * c == 1", "(a + (b * c)) == 1");
    assertSame("a << b + c == 1", "(a << (b + c)) == 1");
    assertSame("a << 1 in [2] == b", "((a << 1) in [2]) == b");
    assertSame("a in [2] < b", "(a in [2]) < b");
    assertSame("a < b == c", "(a < b) == c");
    assertSame("a == b & c == d", "(a == b) & (c == d)");
    assertSame("a & b ^ c & d == e", "(a & b) ^ (c & (d == e))");
    assertSame("a ^ b | c ^ d", "(a ^ b) | (c ^ d)");
    assertSame("a | b and c | d", "(a | b) and (c | d)");
    assertSame(
        "a == 1 and b == 2 or c == 3 and d == 4", "(a == 1 and b == 2) or (c == 3 and d == 4)");
    assertSame("not a == 1", "(not a) == 1");
  }

  private static void assertSame(String bare, String bracketed) {
    assertThat(Filter.parse(bare)).isEqualTo(Filter.parse(bracketed));
  }
}
