package dev.recsys.index.filter;

/**
 * Where in its text a part of an expression begins, in characters from 0; -1 if it has no text. Any
 * two are equal, so that expressions are equal when they say the same.
 */
record At(int offset) {
  static final At NOWHERE = new At(-1);

  @Override
  public boolean equals(Object o) {
    return o instanceof At;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
