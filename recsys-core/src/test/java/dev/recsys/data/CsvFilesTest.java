package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.features.FeatureSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFilesTest {
  @TempDir private Path directory;

  @BeforeEach
  void writeSmallShop() throws IOException {
    write(
        "schema.json",
        """
        {"name": "small",
         "user": [{"name": "age", "kind": "CATEGORICAL", "lowerBounds": [0, 30]},
                  {"name": "plan", "kind": "CATEGORICAL", "labels": {"f": "free", "p": "paid"}}],
         "item": [{"name": "tags", "kind": "MULTI_VALUED"},
                  {"name": "price", "kind": "NUMERIC"},
                  {"name": "title", "kind": "TEXT", "maxTokens": 4}]}
        """);
    write("users.csv", "id,age,plan\n1,44,paid\n2,,f\n");
    write("items.csv", "id,title,tags,price\n7,\"a \"\"b\"\", c\",x|y,1.5\n8,d,,\n");
    write("ratings.csv", "user,item,stars\n1,7,4.5\n2,8,1\n");
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  @Test
  void cellsBecomeValues() {
    Dataset data = CsvFiles.read(directory);
    assertThat(data.users().get(0).values()).isEqualTo(Map.of("age", "30", "plan", "p"));
    assertThat(data.users().get(1).values()).isEqualTo(Map.of("plan", "f"));
    assertThat(data.items().get(0).values())
        .isEqualTo(Map.of("title", "a \"b\", c", "tags", List.of("x", "y"), "price", 1.5));
    assertThat(data.items().get(1).values()).isEqualTo(Map.of("title", "d"));
    assertThat(data.ratings().stars(0)).isEqualTo(4.5f);
    assertThat(data.ratings().hasTimes()).isFalse();
    assertThat(data.fingerprint()).isEqualTo(CsvFiles.read(directory).fingerprint());
  }

  @Test
  void orderOfColumnsFurtherOnesBlankLinesAndEndsOfLinesDoNotMatter() throws IOException {
    String before = CsvFiles.read(directory).fingerprint();
    write("users.csv", "\uFEFFplan,note, id ,age\r\n paid ,x,1,44\r\n\r\nf,,2,\r\n");
    write("ratings.csv", "stars,user,item\n4.5,1,7\n\n1,2,8");
    assertThat(CsvFiles.read(directory).fingerprint()).isEqualTo(before);
  }

  @Test
  void timesAreReadWhereThereIsAColumn() throws IOException {
    write("ratings.csv", "user,item,stars,time\n1,7,4,100\n");
    assertThat(CsvFiles.read(directory).ratings().time(0)).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "users.csv;id,age\\n1,44;1;a column \"plan\";id,age",
        "users.csv;id,age,plan,id\\n;1;columns of different names;id",
        "users.csv;id,age,plan\\n1,44;2;3 cells;2: 1,44",
        "users.csv;id,age,plan\\n1,44,p\\nx,44,p;3;a whole number in column \"id\";x",
        "users.csv;id,age,plan\\n1,44,p\\n1,45,f;3;an id that no row before has;1",
        "users.csv;id,age,plan\\n1,44,gold;2;in column \"plan\";gold",
        "users.csv;id,age,plan\\n1,old,p;2;in column \"age\";old",
        "items.csv;id,title,tags,price\\n7,\"a\\nb\",x,1\\n8,c,x,cheap;4;a finite number;cheap",
        "items.csv;id,title,tags,price\\n7,a,x,NaN;2;a finite number in column \"price\";NaN",
        "ratings.csv;user,item,stars\\n1,7,0.5;2;stars from 1 to 5;0.5",
        "ratings.csv;user,item,stars\\n1,7,4\\n\\n3,7,4;4;an id of users.csv;3",
        "ratings.csv;user,item,stars\\n1,9,4;2;an id of items.csv;9",
        "ratings.csv;user,item,stars,time\\n1,7,4,;2;a whole number in column \"time\";``",
        "ratings.csv;``;1;the names of the columns;``",
      })
  void whatIsMalformedIsNamed(String file, String text, long line, String expected, String found)
      throws IOException {
    write(file, text.replace("\\n", "\n"));
    assertThatExceptionOfType(MalformedDataException.class)
        .isThrownBy(() -> CsvFiles.read(directory))
        .satisfies(
            e -> {
              assertThat(e.file()).isEqualTo(directory.resolve(file));
              assertThat(e.expected()).startsWith(expected);
              assertThat(e.found()).isEqualTo(found);
              assertThat(e.line()).isEqualTo(line);
            });
  }

  @Test
  void quoteThatIsNotClosedIsNamed() throws IOException {
    write("items.csv", "id,title,tags,price\n7,a,x,1\n8,\"a,x,1\n");
    assertThatExceptionOfType(MalformedDataException.class)
        .isThrownBy(() -> CsvFiles.read(directory))
        .satisfies(e -> assertThat(e.line()).isEqualTo(3));
  }

  @Test
  void missingFilesAreNamedTogether() throws IOException {
    Files.delete(directory.resolve("users.csv"));
    Files.delete(directory.resolve("ratings.csv"));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> CsvFiles.read(directory))
        .withMessageContaining("has no users.csv, ratings.csv");
  }

  @Test
  void schemaIsCheckedWithItsFile() throws IOException {
    write("schema.json", "{\"name\": \"x\", \"user\": [{\"name\": \"a\", \"kind\": \"B\"}]}");
    assertThatThrownBy(() -> CsvFiles.read(directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schema.json")
        .hasMessageContaining("user[].kind")
        .hasMessageContaining("CATEGORICAL");
    write("schema.json", "{\"name\":\n ]");
    assertThatExceptionOfType(MalformedDataException.class)
        .isThrownBy(() -> CsvFiles.read(directory))
        .satisfies(e -> assertThat(e.line()).isEqualTo(2));
  }

  @Test
  void schemaSurvivesItsMap() {
    FeatureSchema schema = CsvFiles.read(directory).schema();
    assertThat(FeatureSchema.fromMap(schema.toMap())).isEqualTo(schema);
    assertThat(FeatureSchema.fromMap(MovieLens.SCHEMA.toMap())).isEqualTo(MovieLens.SCHEMA);
  }

  /** Whatever a file holds, it is read or refused as malformed. */
  @Property(tries = 300)
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 200) byte[] bytes, @ForAll boolean asUsers)
      throws IOException {
    Path files = Files.createTempDirectory("csv");
    directory = files;
    writeSmallShop();
    byte[] header =
        (asUsers ? "id,age,plan\n" : "user,item,stars\n").getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[header.length + bytes.length];
    System.arraycopy(header, 0, all, 0, header.length);
    System.arraycopy(bytes, 0, all, header.length, bytes.length);
    Files.write(files.resolve(asUsers ? "users.csv" : "ratings.csv"), all);
    try {
      assertThat(CsvFiles.read(files).items()).hasSize(2);
    } catch (MalformedDataException e) {
      assertThat(e.file().getParent()).isEqualTo(files);
    }
  }
}
