package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.features.UserProfile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serving in a JVM whose class path has neither DJL nor PyTorch. */
class WithoutPyTorchTest {
  @TempDir Path directory;

  /** What the other JVM runs. */
  static final class Serve {
    private Serve() {}

    /** Loads the model, serves and encodes. */
    public static void main(String[] arguments) {
      FusionModel model = FusionModel.load(Path.of(arguments[0]));
      System.out.println(Arrays.toString(model.userVector(UserProfile.ofId(3))));
      System.out.println(model.predictStars(UserProfile.ofId(3), 5));
      model.save(Path.of(arguments[1]));
      System.out.println(Arrays.toString(model.encode(model.items()).get(2)));
    }
  }

  @Test
  void loadingServingAndSavingNeedNeither() throws IOException, InterruptedException {
    FusionModel model = SmallData.model();
    Path saved = directory.resolve("model");
    model.save(saved);
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("djl"))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Serve.class.getName(),
                saved.toString(),
                directory.resolve("copy").toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(lines).as("output").hasSize(3);
    assertThat(lines.get(0)).isEqualTo(Arrays.toString(model.userVector(UserProfile.ofId(3))));
    assertThat(lines.get(1)).isEqualTo("" + model.predictStars(UserProfile.ofId(3), 5));
    assertThat(lines.get(2)).isEqualTo(Arrays.toString(model.encode(model.items()).get(2)));
    assertThat(FusionModel.load(directory.resolve("copy")).fingerprint())
        .isEqualTo(model.fingerprint());
  }
}
