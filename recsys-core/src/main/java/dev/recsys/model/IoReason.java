package dev.recsys.model;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in plain words why a file could not be used. */
final class IoReason {
  private IoReason() {}

  /** One sentence without the names of Java's classes. */
  static String of(IOException e) {
    if (e instanceof FileSystemException failure) {
      return kind(failure) + (failure.getFile() == null ? "" : ": " + failure.getFile());
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
