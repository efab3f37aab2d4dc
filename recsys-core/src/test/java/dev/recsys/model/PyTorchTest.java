package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class PyTorchTest {
  @Test
  void startsWithoutDownloadsOrTelemetry() {
    assertThat(PyTorch.engine().getEngineName()).isEqualTo("PyTorch");
    assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
  }

  @Test
  void withoutAGpuTheCpuIsTakenAndAGpuRefused() {
    assumeThat(PyTorch.engine().getGpuCount()).isZero();
    assertThat(PyTorch.device("auto")).isEqualTo(Device.cpu());
    assertThat(PyTorch.device("cpu")).isEqualTo(Device.cpu());
    assertThatIllegalStateException()
        .isThrownBy(() -> PyTorch.device("gpu1"))
        .withMessageContaining("gpu1")
        .withMessageContaining("0 GPUs");
    FusionTrainer.Builder builder = SmallData.trainer();
    FusionTrainer onGpu = builder.device("gpu").build();
    assertThatIllegalStateException().isThrownBy(() -> onGpu.fit(SmallData.split()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.device("tpu"))
        .withMessage("device must be auto, cpu, gpu or gpu and a number, not \"tpu\"");
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
