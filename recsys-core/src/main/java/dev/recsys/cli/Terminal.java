package dev.recsys.cli;

import java.io.Console;

/** Whether a person watches. */
final class Terminal {
  private Terminal() {}

  /** Returns whether standard input and output are a terminal. */
  @SuppressWarnings("SystemConsoleNull")
  static boolean isInteractive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException beforeJava22) {
      // there, a console that is not a terminal is null
      return true;
    }
  }
}
