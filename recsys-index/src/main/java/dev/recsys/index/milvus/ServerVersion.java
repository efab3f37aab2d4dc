package dev.recsys.index.milvus;

import dev.recsys.index.schema.CollectionSchema;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a server, as far as it decides what the server takes. An older one would not
 * refuse what it does not know, but leave it out.
 */
record ServerVersion(int major, int minor) {
  private static final ServerVersion NULLS = new ServerVersion(2, 5);
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  /** Reads a version such as {@code v2.6.4}; what cannot be read is taken for the oldest. */
  static ServerVersion of(String text) {
    Matcher numbers = NUMBERS.matcher(text);
    return numbers.find()
        ? new ServerVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
        : new ServerVersion(0, 0);
  }

  /**
   * Checks that a new collection would be what its schema says.
   *
   * @throws IllegalArgumentException if the server is too old for it
   */
  void check(CollectionSchema schema) {
    if (!atLeast(NULLS) && !anyTakes(schema)) {
      throw new IllegalArgumentException(
          "collection \"%s\": a Milvus server takes nulls and default values from %s on; this is %s, received %s"
              .formatted(schema.name(), NULLS, this, schema));
    }
  }

  /** Returns whether nothing of a schema depends on the version. */
  static boolean anyTakes(CollectionSchema schema) {
    return schema.fields().stream()
        .noneMatch(field -> field.nullable() || field.defaultValue() != null);
  }

  private boolean atLeast(ServerVersion other) {
    return major > other.major || (major == other.major && minor >= other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
