package dev.recsys.index.embedded;

import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.AutoIndex;
import dev.recsys.index.ann.ExactIndex;
import dev.recsys.index.ann.HnswIndex;
import dev.recsys.index.ann.IndexFileException;
import dev.recsys.index.ann.StorableIndex;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of a vector field in a file beside the store's, so that it need not be built when the
 * collection is opened. Nothing depends on it: whoever reads it compares it with the entities, and
 * one that is missing, damaged or of other parameters is as good as none.
 *
 * <p>A file that is open is mapped, so a newer one gets another name.
 */
final class SideFile {
  private static final Logger LOG = LoggerFactory.getLogger(SideFile.class);
  private static final String SUFFIX = ".index";

  private final Path directory;
  private final String prefix;

  /** Names a file, which need not exist, as {@link #name} does. */
  SideFile(Path directory, String name) {
    this.directory = directory;
    this.prefix = name + "-";
  }

  /** Returns the name of the file of a vector field: that of the first is the collection's. */
  static String name(CollectionSchema schema, FieldSchema field) {
    boolean first = field.name().equals(schema.vector().name());
    return first ? schema.name() : schema.name() + "." + field.name();
  }

  /** Returns the index in the file, or null if there is none that can be used. */
  @Nullable StorableIndex read(int dimension, IndexParams params) {
    Path file = newest();
    if (file == null) {
      return null;
    }
    try {
      return read(file, dimension, params);
    } catch (IndexFileException e) {
      LOG.warn("{}; the index is built anew", e.getMessage());
      return null;
    }
  }

  private static @Nullable StorableIndex read(Path file, int dimension, IndexParams params) {
    MetricType metric = params.metric();
    return switch (params.type()) {
      case FLAT -> {
        ExactIndex.verify(file);
        yield ExactIndex.load(file, dimension, metric);
      }
      case HNSW -> {
        HnswIndex.verify(file);
        yield HnswIndex.load(file, dimension, metric);
      }
      case AUTOINDEX, IVF_FLAT -> {
        AutoIndex.verify(file);
        yield Indexes.choosing(dimension, params).load(file);
      }
      case HNSWLIB -> null;
    };
  }

  /** Writes the file if the index is one that can be kept; if that fails there is none. */
  void write(AnnIndex index) {
    if (!(index instanceof StorableIndex storable)) {
      return;
    }
    try {
      Path file = directory.resolve(prefix + (number(newest()) + 1) + SUFFIX);
      storable.save(file);
      removeOthers(file);
    } catch (IndexFileException e) {
      LOG.warn("the index is not kept, it will be built anew: {}", e.getMessage());
    }
  }

  /** Gives the file another name, if there is one. */
  void rename(String name) {
    Path file = newest();
    if (file == null) {
      return;
    }
    try {
      new SideFile(directory, name).remove();
      Files.move(file, directory.resolve(name + "-1" + SUFFIX));
    } catch (IOException e) {
      LOG.warn("the index is not kept, it will be built anew: {}", e.getMessage());
    }
    remove();
  }

  /** Removes all files of the name. */
  void remove() {
    removeOthers(null);
  }

  /** Removes all but one: what is older, and what a crash left half written. */
  private void removeOthers(@Nullable Path kept) {
    try (var files = Files.newDirectoryStream(directory, prefix + "*" + SUFFIX + "*")) {
      for (Path file : files) {
        if (!file.equals(kept)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("a file of an index is not removed: {}", e.getMessage());
    }
  }

  private @Nullable Path newest() {
    Path newest = null;
    try (var files = Files.newDirectoryStream(directory, prefix + "*" + SUFFIX)) {
      for (Path file : files) {
        newest = number(file) > number(newest) ? file : newest;
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("cannot look for {}*{}: {}", prefix, SUFFIX, e.getMessage());
    }
    return newest;
  }

  /** Returns the number in a file's name, 0 of none, less of a name that has none. */
  private long number(@Nullable Path file) {
    if (file == null) {
      return 0;
    }
    String name = file.getFileName().toString();
    String digits = name.substring(prefix.length(), name.length() - SUFFIX.length());
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
  }
}
