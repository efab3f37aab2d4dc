package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheDirectoryTest {
  private static final Path HOME = Path.of("home").toAbsolutePath();
  private static final Path SET = Path.of("set").toAbsolutePath();

  private static Path resolve(String os, Map<String, String> environment) {
    return new CacheDirectory(os, HOME, environment::get).resolve("ml-1m");
  }

  @Test
  void linuxFollowsXdg() {
    assertThat(resolve("Linux", Map.of())).isEqualTo(HOME.resolve(".cache/recsys/ml-1m"));
    assertThat(resolve("Linux", Map.of("XDG_CACHE_HOME", SET.toString())))
        .isEqualTo(SET.resolve("recsys/ml-1m"));
  }

  @Test
  void relativeOrEmptyVariablesAreIgnored() {
    for (String value : new String[] {"", "relative"}) {
      assertThat(resolve("Linux", Map.of("XDG_CACHE_HOME", value)))
          .isEqualTo(HOME.resolve(".cache/recsys/ml-1m"));
    }
  }

  @Test
  void windowsAndMacHaveTheirOwn() {
    Map<String, String> local = Map.of("LOCALAPPDATA", SET.toString());
    assertThat(resolve("Windows 11", local)).isEqualTo(SET.resolve("recsys/ml-1m"));
    assertThat(resolve("Windows 11", Map.of()))
        .isEqualTo(HOME.resolve("AppData/Local/recsys/ml-1m"));
    assertThat(resolve("Mac OS X", local)).isEqualTo(HOME.resolve("Library/Caches/recsys/ml-1m"));
  }

  @Test
  void thisUserHasOne() {
    assertThat(CacheDirectory.ofThisUser().resolve("ml-1m"))
        .endsWithRaw(Path.of("recsys", "ml-1m"));
  }
}
