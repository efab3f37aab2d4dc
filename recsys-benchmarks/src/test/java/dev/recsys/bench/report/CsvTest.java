package dev.recsys.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Comma-separated values. */
class CsvTest {
  @Provide
  Arbitrary<List<List<String>>> tables() {
    return Arbitraries.strings()
        .withChars("ab ,\"\n\r;\u00e9")
        .ofMaxLength(6)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .list()
        .ofMaxSize(4);
  }

  @Property
  void cellsAreReadAsTheyWereWritten(@ForAll("tables") List<List<String>> table) {
    String text = table.stream().map(line -> Csv.line(line) + "\n").collect(Collectors.joining());
    assertThat(Csv.parse(text)).isEqualTo(table);
  }

  @Property
  void theEndOfTheLastLineMayBeMissing(@ForAll("tables") List<List<String>> table) {
    String text = table.stream().map(Csv::line).collect(Collectors.joining("\r\n"));
    List<List<String>> read = Csv.parse(text);
    // nothing behind the last line's end is no line
    boolean endsEmpty = !table.isEmpty() && table.get(table.size() - 1).equals(List.of(""));
    assertThat(read).isEqualTo(endsEmpty ? table.subList(0, table.size() - 1) : table);
  }

  @Example
  void onlyCellsThatNeedItAreQuoted() {
    assertThat(Csv.line(List.of("m=16 ef=10", "a,b", "say \"so\"", "two\nlines", "")))
        .isEqualTo("m=16 ef=10,\"a,b\",\"say \"\"so\"\"\",\"two\nlines\",");
  }

  @Example
  void aQuoteThatIsNotClosedIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> Csv.parse("a,\"b\nc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the quote at character 2 is not closed");
  }
}
