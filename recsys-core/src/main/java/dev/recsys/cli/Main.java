package dev.recsys.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command line's entry point. Exit codes: 0 success, 1 failure, 2 a command line that cannot be
 * carried out as it stands.
 */
@Command(
    name = "recsys",
    description = "Trains a two-tower recommendation model and recommends from it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      QuickstartCommand.class,
      TrainCommand.class,
      TuneCommand.class,
      EvaluateCommand.class,
      IndexCommand.class,
      RecommendCommand.class,
      SimilarCommand.class,
      PredictCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  recsys quickstart",
      "  recsys train --data ml-1m --out model",
      "  recsys recommend --model model -a 25 -g F -j 10"
    })
public final class Main {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean debug;

  private Main() {}

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    if (System.getProperty("org.slf4j.simpleLogger.defaultLogLevel") == null) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    }
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /** Runs the command line with its output going to these writers; returns the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    ErrorReport errors = new ErrorReport(() -> main.debug);
    CommandLine commands =
        new CommandLine(main)
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors);
    try {
      int code = commands.execute(args);
      return code == CommandLine.ExitCode.OK && out.checkError() ? errors.unwritable(err) : code;
    } catch (OutOfMemoryError e) {
      return errors.report(e, err);
    }
  }
}
