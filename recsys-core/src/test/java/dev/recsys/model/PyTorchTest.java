package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PyTorchTest {
  @Test
  void startsWithoutDownloadsOrTelemetry() {
    assertThat(PyTorch.engine().getEngineName()).isEqualTo("PyTorch");
    assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
  }

  @Test
  void whatTheApplicationHasSetStays() {
    String before = System.getProperty("OPT_OUT_TRACKING");
    System.setProperty("OPT_OUT_TRACKING", "false");
    try {
      PyTorch.engine();
      assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("false");
    } finally {
      System.setProperty("OPT_OUT_TRACKING", before == null ? "true" : before);
    }
  }
}
