package dev.recsys.model;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says in plain words why a file could not be used. */
final class IoReason {
  private IoReason() {}

  /**
   * A sentence without the names of Java's classes; names the file that failed unless it is the one
   * that all is about.
   */
  static String of(IOException e, Path about) {
    if (e instanceof FileSystemException failure) {
      String file = failure.getFile();
      boolean known = file == null || file.equals(about.toString());
      return kind(failure) + (known ? "" : ": " + file);
    }
    return e.getMessage() == null ? "input or output failed" : e.getMessage();
  }

  private static String kind(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    } else if (e instanceof AccessDeniedException) {
      return "access denied";
    } else if (e instanceof FileAlreadyExistsException) {
      return "a file stands there";
    } else if (e instanceof NotDirectoryException) {
      return "not a directory";
    }
    return e.getReason() == null ? "input or output failed" : e.getReason();
  }
}
