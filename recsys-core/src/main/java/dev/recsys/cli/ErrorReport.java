package dev.recsys.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever goes wrong into one line and an exit code. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final BooleanSupplier debug;

  ErrorReport(BooleanSupplier debug) {
    this.debug = debug;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("error: " + oneLine(e.getMessage()));
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    trace(e, err);
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, @Nullable ParseResult r) {
    return report(e, command.getErr());
  }

  /** Prints the failure and returns the exit code that goes with it. */
  int report(Throwable failure, PrintWriter err) {
    err.println("error: " + describe(failure));
    trace(failure, err);
    return failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  /** Reports that standard output did not take the result. */
  int unwritable(PrintWriter err) {
    err.println("error: standard output cannot be written");
    return ExitCode.SOFTWARE;
  }

  private static String describe(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      long megabytes = Runtime.getRuntime().maxMemory() >> 20;
      return "out of memory: Java may use " + megabytes + " MB; give it more with java -Xmx...";
    }
    Throwable cause =
        failure instanceof UncheckedIOException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof NoSuchFileException missing) {
      return "no such file: " + missing.getFile();
    }
    if (cause instanceof AccessDeniedException denied) {
      return "access denied: " + denied.getFile();
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : oneLine(message);
  }

  private void trace(Throwable failure, PrintWriter err) {
    if (debug.getAsBoolean()) {
      failure.printStackTrace(err);
    }
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "unknown" : message.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
