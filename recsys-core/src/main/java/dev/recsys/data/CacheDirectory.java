package dev.recsys.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where programs keep what they can fetch again, by the custom of each platform. */
final class CacheDirectory {
  private final String os;
  private final Path home;
  private final UnaryOperator<@Nullable String> environment;

  CacheDirectory(String os, Path home, UnaryOperator<@Nullable String> environment) {
    this.os = os.toLowerCase(Locale.ROOT);
    this.home = home;
    this.environment = environment;
  }

  static CacheDirectory ofThisUser() {
    return new CacheDirectory(
        System.getProperty("os.name", ""),
        Path.of(System.getProperty("user.home", "")),
        System::getenv);
  }

  /** Returns this library's part of it. */
  Path resolve(String name) {
    return root().resolve("recsys").resolve(name);
  }

  private Path root() {
    if (os.startsWith("windows")) {
      return variable("LOCALAPPDATA", home.resolve("AppData").resolve("Local"));
    }
    if (os.startsWith("mac")) {
      return home.resolve("Library").resolve("Caches");
    }
    return variable("XDG_CACHE_HOME", home.resolve(".cache"));
  }

  /** The XDG specification has relative paths ignored. */
  private Path variable(String name, Path otherwise) {
    String value = environment.apply(name);
    if (value == null || value.isBlank() || !Path.of(value).isAbsolute()) {
      return otherwise;
    }
    return Path.of(value);
  }
}
