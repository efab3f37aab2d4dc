package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextIdsTest {
  private final TextIds ids = new TextIds();

  private long put(int row, String key) {
    long id = ids.reserve(key);
    assertThat(ids.row(id)).isEqualTo(-1);
    ids.put(row, id);
    return id;
  }

  @Test
  void aKeyHasTheSameIdInWhateverRow() {
    long before = put(3, "blue");
    ids.remove(3);
    assertThat(ids.row(before)).isEqualTo(-1);
    assertThat(put(40, "blue")).isEqualTo(before);
    assertThat(ids.row(before)).isEqualTo(40);
    assertThat(ids.of(40)).isEqualTo(before);
    assertThat(before)
        .isEqualTo(Hashing.sha256().hashString("blue", StandardCharsets.UTF_8).asLong());
  }

  @Test
  void ofTwoKeysWithOneHashEachHasAnIdOfItsOwn() {
    long first = put(0, "moon");
    long second = put(1, "moon"); // as good as another key of that hash
    assertThat(second).isEqualTo(first + 1);
    ids.remove(0);
    assertThat(ids.row(first)).isEqualTo(-1);
    assertThat(ids.row(second)).isEqualTo(1);
    assertThat(ids.of(1)).isEqualTo(second);
  }
}
