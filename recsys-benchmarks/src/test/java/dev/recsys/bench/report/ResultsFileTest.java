package dev.recsys.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows are kept, those of other programs too, and a file of other columns is left alone. */
class ResultsFileTest {
  private static final String HEADER =
      "dataset,n,dim,metric,k,threads,filter,backend,parameters,recall,qps,p50_us,p99_us,"
          + "build_s,bytes_per_vector,load_ms,runtime\n";

  @TempDir private Path directory;

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("results.csv"), text);
  }

  @Test
  void rowsAreReadAsTheyWereAppended() {
    ResultsFile results = ResultsFile.in(directory.resolve("new"));
    ResultRow first = Rows.row(4_000, "recsys exact", 1, 91_316.9, 10.525);
    ResultRow second = Rows.row(4_000, "hnsw, \"native\"", 0.25, 1e6, Double.NaN);
    assertThat(results.rows()).isEmpty();
    results.append(first);
    results.append(second);
    assertThat(results.rows()).containsExactly(first, second);
    assertThat(results.path()).content().startsWith(HEADER);
  }

  @Test
  void rowsOfAnotherProgramAreKeptAndReadWithTheirEmptyCells() throws IOException {
    String others =
        HEADER
            + "tt,4000,256,cosine,10,1,1,hnswlib-native,m=16 ef=10 batched,0.97,94579.8,,,"
            + "0.522863,1173.06,2.37341,python 3.11.7 / hnswlib 0.8.0";
    Path file = write(others);
    ResultsFile results = ResultsFile.in(directory);
    ResultRow read = results.rows().get(0);
    assertThat(read.backend()).isEqualTo("hnswlib-native");
    assertThat(read.speed().p50Micros()).isNaN();
    assertThat(read.footprint().loadMillis()).isEqualTo(2.37341);
    ResultRow added = Rows.row(10, "lucene", 1, 2, 3);
    results.append(added);
    assertThat(results.rows()).containsExactly(read, added);
    assertThat(file).content().startsWith(others + "\n");
  }

  @Test
  void linesThatEndAsOnWindowsAreRead() throws IOException {
    write(HEADER.replace("\n", "\r\n") + "a,1,1,ip,1,1,1,b,,1,1,1,1,1,1,1,c\r\n");
    assertThat(ResultsFile.in(directory).rows()).hasSize(1);
  }

  @Test
  void aFileOfOtherColumnsIsRefusedAndLeftAsItIs() throws IOException {
    Path file = write("name,value\na,1\n");
    assertThatThrownBy(() -> ResultsFile.in(directory))
        .isInstanceOfSatisfying(
            ResultsFileException.class,
            e -> {
              assertThat(e.file()).isEqualTo(file);
              assertThat(e.line()).isEqualTo(1);
            })
        .hasMessageStartingWith(file + ": line 1: columns must be [dataset, n, dim, ")
        .hasMessageEndingWith("got [name, value]");
    assertThat(file).hasContent("name,value\na,1\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,1,1,ip,1,1,1,b,,1,1,1,1,1,1,1|a row must have 17 cells, got 16",
        "a,0,1,ip,1,1,1,b,,1,1,1,1,1,1,1,c|n must be a whole number of at least 1, got 0",
        "a,1,1.5,ip,1,1,1,b,,1,1,1,1,1,1,1,c|dim must be a whole number of at least 1, got 1.5",
        "a,1,1,ip,,1,1,b,,1,1,1,1,1,1,1,c|k must be a whole number of at least 1, got ",
        "a,1,1,ip,1,1,1,b,,high,1,1,1,1,1,1,c|recall must be a number or empty, got high"
      })
  void aRowThatIsWrongIsRefusedWithItsLineAndColumn(String row, String problem) throws IOException {
    Path file = write(HEADER + "a,1,1,ip,1,1,1,b,,1,1,1,1,1,1,1,c\n" + row + "\n");
    assertThatThrownBy(() -> ResultsFile.in(directory))
        .isInstanceOf(ResultsFileException.class)
        .hasMessageStartingWith(file + ": line 3: " + problem);
  }

  @Test
  void aQuoteThatIsNotClosedIsRefusedWithTheFile() throws IOException {
    Path file = write(HEADER);
    Files.writeString(file, "a,\"b", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> ResultsFile.in(directory))
        .isInstanceOf(ResultsFileException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("is not closed");
  }
}
