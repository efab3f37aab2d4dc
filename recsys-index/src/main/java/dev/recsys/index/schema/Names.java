package dev.recsys.index.schema;

import java.util.regex.Pattern;

/** The rule for names of collections and fields, which is Milvus's. */
final class Names {
  private static final int MAX_LENGTH = 255;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Names() {}

  /** Returns the name, or refuses it; {@code what} says whose name it is. */
  static String check(String what, String name) {
    if (name.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          what + " name: at most " + MAX_LENGTH + " characters, received " + name.length());
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + " name: must match " + NAME + ", received \"" + name + "\"");
    }
    return name;
  }
}
