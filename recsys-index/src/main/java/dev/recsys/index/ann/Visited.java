package dev.recsys.index.ann;

import java.util.Arrays;

/**
 * The slots that one traversal has seen: a bit each, so that 100,000 fit the first-level cache of a
 * core, and a list of the words to clean up.
 */
final class Visited {
  private long[] words = new long[64];
  private int[] touched = new int[256];
  private int count;
  private int capacity;

  /** Forgets everything and prepares for so many slots. */
  void reset(int slots) {
    if (count < 0) {
      Arrays.fill(words, 0);
    } else {
      for (int i = 0; i < count; i++) {
        words[touched[i]] = 0;
      }
    }
    count = 0;
    capacity = slots;
    int needed = (slots + 63) >>> 6;
    if (words.length < needed) {
      words = new long[needed];
      touched = new int[Math.max(256, needed / 2)];
    }
  }

  /** Returns whether a slot is there and new, and marks it. */
  boolean mark(int slot) {
    if (slot >= capacity) {
      return false;
    }
    int word = slot >> 6;
    long before = words[word];
    if ((before >>> slot & 1) != 0) {
      return false;
    }
    words[word] = before | 1L << slot;
    note(word);
    return true;
  }

  private void note(int word) {
    if (count >= 0) {
      touched[count++] = word;
      if (count == touched.length) {
        // too many to undo one by one
        count = -1;
      }
    }
  }

  /** Marks some links up to the first that is none and writes those that are there and new. */
  int markAll(int[] links, int at, int width, int[] fresh) {
    if (count >= 0 && count + width >= touched.length) {
      count = -1;
    }
    return count < 0
        ? markAllUnnoted(links, at, width, fresh)
        : markAllNoted(links, at, width, fresh);
  }

  /** Without a branch on what was seen, which no processor can foretell. */
  private int markAllNoted(int[] links, int at, int width, int[] fresh) {
    int found = 0;
    int noted = count;
    for (int i = at; i < at + width; i++) {
      int slot = links[i];
      if (slot < 0) {
        break;
      }
      if (slot < capacity) {
        int word = slot >> 6;
        long before = words[word];
        words[word] = before | 1L << slot;
        touched[noted] = word;
        fresh[found] = slot;
        int isNew = 1 ^ (int) (before >>> slot & 1);
        noted += isNew;
        found += isNew;
      }
    }
    count = noted;
    return found;
  }

  private int markAllUnnoted(int[] links, int at, int width, int[] fresh) {
    int found = 0;
    for (int i = at; i < at + width; i++) {
      // read once: a writer may take the link away
      int slot = links[i];
      if (slot < 0) {
        break;
      }
      if (mark(slot)) {
        fresh[found++] = slot;
      }
    }
    return found;
  }
}
