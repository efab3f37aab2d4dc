package dev.recsys.index.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MilvusOptionsTest {
  @Test
  void aTokenIsNeverShown() {
    MilvusOptions options = MilvusOptions.defaults().user("root", "secret");

    assertThat(options.token()).isEqualTo("root:secret");
    assertThat(options)
        .hasToString("database \"\", with token, connect within PT5S, call within PT30S");
  }

  @Test
  void everyOptionIsKeptBesideTheOthers() {
    MilvusOptions options =
        MilvusOptions.defaults()
            .token("key")
            .database("shop")
            .secure()
            .connectTimeout(Duration.ofSeconds(1))
            .callTimeout(Duration.ofMinutes(2));

    assertThat(options.token()).isEqualTo("key");
    assertThat(options.database()).isEqualTo("shop");
    assertThat(options.isSecure()).isTrue();
    assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(options.callTimeout()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void timeoutsThatAreNotPositiveAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MilvusOptions.defaults().callTimeout(Duration.ZERO))
        .withMessage("call timeout: must be at least 1 ms, received PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MilvusOptions.defaults().connectTimeout(Duration.ofSeconds(-1)))
        .withMessageContaining("connect timeout");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:19530", "ftp://localhost", "http://", "http://a b"})
  void whatIsNoAddressOfAServerIsRefusedBeforeAnythingIsTried(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MilvusVectorStore.connect(uri))
        .withMessageContaining("http://localhost:19530")
        .withMessageContaining(uri);
  }
}
