package dev.recsys.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  @Test
  void rowZeroIsTheUnknown() {
    Vocabulary vocabulary = Vocabulary.of(List.of("b", "a", "b", ""));
    assertThat(vocabulary.values()).containsExactly("", "a", "b");
    assertThat(vocabulary.size()).isEqualTo(4);
    assertThat(vocabulary.row("b")).isEqualTo(3);
    assertThat(vocabulary.row("B")).isZero();
    assertThat(Vocabulary.of(List.of()).size()).isEqualTo(1);
  }

  @Test
  void rowsWithoutAValueAreRefused() {
    Vocabulary vocabulary = Vocabulary.of(List.of("a"));
    for (int row : new int[] {-1, 0, 2}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> vocabulary.value(row))
          .withMessage("row must be in [1, 2), not %d", row);
    }
  }

  @Property
  void orderOfTheDataIsNoMatter(@ForAll List<String> values, @ForAll long seed) {
    List<String> shuffled = new ArrayList<>(values);
    Collections.shuffle(shuffled, new Random(seed));
    Vocabulary vocabulary = Vocabulary.of(values);
    assertThat(Vocabulary.of(shuffled)).isEqualTo(vocabulary).hasSameHashCodeAs(vocabulary);
    assertThat(vocabulary.values()).containsExactlyElementsOf(new TreeSet<>(values));
  }

  @Property
  void rowAndValueAreInverse(@ForAll List<String> values, @ForAll String other) {
    Vocabulary vocabulary = Vocabulary.of(values);
    for (int row = 1; row < vocabulary.size(); row++) {
      assertThat(vocabulary.row(vocabulary.value(row))).isEqualTo(row);
    }
    assertThat(vocabulary.row(other) == 0).isEqualTo(!values.contains(other));
  }
}
