package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class LinePlotTest {
  private static final List<String> POINTS = List.of("0", "1", "5 & more");

  private static Document parsed(LinePlot plot) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(plot.svg().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void isWellFormedWhateverTheNames() throws Exception {
    LinePlot plot = new LinePlot("a < b", "c & d", POINTS).line("<e>", List.of(0.1, 0.2, 0.3));
    assertThat(parsed(plot).getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(parsed(plot).getDocumentElement().getTextContent())
        .contains("a < b", "c & d", "<e>", "5 & more", "0.30");
  }

  @Test
  void valuesAreDrawnToScale() {
    String svg = new LinePlot("x", "y", POINTS).line("l", List.of(0.0, 0.25, 0.5)).svg();
    // the axis goes from 0 at 340 to 0.5 at 30; points are at 1, 3 and 5 sixths of 60 to 470
    assertThat(svg).contains("d=\"M128.3 340.0L265.0 185.0L401.7 30.0\"");
  }

  @Test
  void lineStopsWhereThereIsNoValue() {
    String svg = new LinePlot("x", "y", POINTS).line("l", List.of(0.5, Double.NaN, 0.5)).svg();
    assertThat(svg).contains("d=\"M128.3 30.0M401.7 30.0\"");
  }

  @Test
  void everyPointNeedsAValue() {
    LinePlot plot = new LinePlot("x", "y", POINTS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plot.line("l", List.of(1.0)))
        .withMessage("line l must have 3 values, not 1");
  }
}
