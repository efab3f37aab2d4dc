package dev.recsys.index.embedded;

import dev.recsys.index.VectorStore;

/** The contract again, with the store closed and opened between writing and reading. */
class ReopenedExactTest extends DurableExactTest {
  @Override
  protected VectorStore settled(VectorStore current) {
    current.close();
    return open();
  }
}
