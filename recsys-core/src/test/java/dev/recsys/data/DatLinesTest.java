package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatLinesTest {
  @TempDir private Path directory;

  private DatLines lines(String text) throws IOException {
    Path file = directory.resolve("lines.dat");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    return DatLines.of(file);
  }

  private DatLines line(String text) throws IOException {
    DatLines lines = lines(text);
    assertThat(lines.next()).isTrue();
    return lines;
  }

  @ParameterizedTest
  @CsvSource({"'',0", "a,1", "'a\n',1", "'\n',1", "'a\nb',2", "'a\r\nb\r\n',2", "'a\n\nb',3"})
  void countsLines(String text, int count) throws IOException {
    DatLines lines = lines(text);
    int read = 0;
    while (lines.next()) {
      read++;
    }
    assertThat(read).isEqualTo(count);
    assertThat(lines.next()).isFalse();
  }

  @Test
  void readsFieldsOneAfterTheOther() throws IOException {
    DatLines lines = line("12::a: b::c\n");
    assertThat(lines.number("n")).isEqualTo(12);
    lines.separator("s");
    assertThat(lines.text("t")).isEqualTo("a: b");
    lines.separator("s");
    assertThat(lines.text("t")).isEqualTo("c");
    lines.end("e");
    assertThat(lines.isGood()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "000000000000000042,42", "999999999999999999,999999999999999999"})
  void numbersHaveUpToEighteenDigits(String text, long number) throws IOException {
    assertThat(line(text).number("n")).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "+1", " 1", "1000000000000000000", "\u00b2"})
  void otherNumbersAreRejected(String text) throws IOException {
    DatLines lines = line(text + "\n");
    assertThat(lines.number("a number")).isEqualTo(-1);
    assertThat(lines.isGood()).isFalse();
    assertThat(lines.error().expected()).isEqualTo("a number");
  }

  @Test
  void carriageReturnInsideALineBelongsToIt() throws IOException {
    assertThat(line("a\rb\r\n").text("t")).isEqualTo("a\rb");
  }

  @ParameterizedTest
  @CsvSource({"a::b,a", "a::b::c,a::b", "ab,ab", "::a::b,::a", ":::b,:", "a::,a"})
  void textToTheLastSeparatorMayHoldSeparators(String line, String text) throws IOException {
    assertThat(line(line).textToLastSeparator("t")).isEqualTo(text);
  }

  @Test
  void onlyTheFirstThingWrongIsReported() throws IOException {
    DatLines lines = line("x::y\n");
    assertThat(lines.number("first")).isEqualTo(-1);
    lines.separator("second");
    assertThat(lines.text("third")).isEmpty();
    lines.end("fourth");
    lines.reject("fifth");
    assertThat(lines.error())
        .hasMessage("%s, line 1: expected first, found \"x::y\"", directory.resolve("lines.dat"));
  }

  @Test
  void lineAfterABadOneIsGoodAgain() throws IOException {
    DatLines lines = line("x\n7\n");
    lines.reject("better");
    assertThat(lines.next()).isTrue();
    assertThat(lines.isGood()).isTrue();
    assertThat(lines.number("n")).isEqualTo(7);
    lines.reject("more");
    assertThat(lines.error().line()).isEqualTo(2);
  }

  @Test
  void fileThatCannotBeReadIsNamed() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> DatLines.of(directory))
        .withMessage("cannot read " + directory);
  }
}
