package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void alignsTextLeftAndNumbersRight() {
    TextTable table = new TextTable("Name", "Count").row("one", 1).row("hundreds", 100);
    assertThat(print(table))
        .isEqualTo(
            """
            Name      Count
            --------  -----
            one           1
            hundreds    100
            """);
  }

  @Test
  void countsCharactersBeyondTheBasicPlaneOnce() {
    assertThat(print(new TextTable("A", "B").row("\uD83C\uDFAC", "x")))
        .isEqualTo("A  B\n-  -\n\uD83C\uDFAC  x\n");
  }

  @Test
  void anEmptyTableIsItsHeading() {
    assertThat(print(new TextTable("A"))).isEqualTo("A\n-\n");
  }

  private static String print(TextTable table) {
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text, true));
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
