package dev.recsys.index.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that holds a store open until its input ends. */
final class StoreHolder {
  private StoreHolder() {}

  /** Starts a process that holds the store, and returns when it does. */
  static Process start(Path directory) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StoreHolder.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.getInputStream().read() != '!') {
      throw new IOException("the process did not open the store");
    }
    return process;
  }

  public static void main(String[] arguments) throws IOException {
    try (EmbeddedVectorStore store = EmbeddedVectorStore.open(Path.of(arguments[0]))) {
      System.out.print("!");
      System.out.flush();
      while (System.in.read() >= 0) {
        store.list();
      }
    }
  }
}
