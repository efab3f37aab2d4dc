package dev.recsys.index.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import org.h2.store.fs.FilePath;

/** Names a {@link SteadyFile} to MVStore: {@code steady:} and a path, which does all else. */
class SteadyPath extends FilePath {
  static final String SCHEME = "steady";

  private final FilePath path;

  /** Makes the path that others are got from. */
  SteadyPath() {
    this(FilePath.get("."));
  }

  SteadyPath(FilePath path) {
    this.path = path;
    this.name = path.name;
  }

  /** Returns the path that follows the scheme in a name. */
  static FilePath within(String name) {
    return FilePath.get(name.substring(SCHEME.length() + 1));
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FilePath getPath(String wanted) {
    return new SteadyPath(within(wanted));
  }

  @Override
  public FilePath unwrap() {
    return path;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new SteadyFile(path.name, mode);
  }

  @Override
  public long size() {
    return path.size();
  }

  @Override
  public void moveTo(FilePath target, boolean atomicReplace) {
    path.moveTo(target.unwrap(), atomicReplace);
  }

  @Override
  public boolean createFile() {
    return path.createFile();
  }

  @Override
  public boolean exists() {
    return path.exists();
  }

  @Override
  public void delete() {
    path.delete();
  }

  @Override
  public List<FilePath> newDirectoryStream() {
    return path.newDirectoryStream();
  }

  @Override
  public FilePath toRealPath() {
    return path.toRealPath();
  }

  @Override
  public FilePath getParent() {
    return path.getParent();
  }

  @Override
  public boolean isDirectory() {
    return path.isDirectory();
  }

  @Override
  public boolean isRegularFile() {
    return path.isRegularFile();
  }

  @Override
  public boolean isAbsolute() {
    return path.isAbsolute();
  }

  @Override
  public long lastModified() {
    return path.lastModified();
  }

  @Override
  public boolean canWrite() {
    return path.canWrite();
  }

  @Override
  public void createDirectory() {
    path.createDirectory();
  }

  @Override
  public boolean setReadOnly() {
    return path.setReadOnly();
  }
}
