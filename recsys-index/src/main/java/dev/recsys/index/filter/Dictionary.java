package dev.recsys.index.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Codes for values, each kept once and for as long as it is used; codes are used again. */
final class Dictionary {
  private final Map<Object, Integer> codes = new HashMap<>();
  private final List<@Nullable Object> values = new ArrayList<>();
  private int[] uses = new int[16];
  private int[] free = new int[16];
  private int freeCount;

  /** Returns the code of a value, and counts one more use. */
  int use(Object value) {
    Integer known = codes.get(value);
    int code = known == null ? assign(value) : known;
    uses[code]++;
    return code;
  }

  private int assign(Object value) {
    int code;
    if (freeCount > 0) {
      code = free[--freeCount];
      values.set(code, value);
    } else {
      code = values.size();
      values.add(value);
      if (code == uses.length) {
        uses = Arrays.copyOf(uses, 2 * code);
      }
    }
    codes.put(value, code);
    return code;
  }

  /** Counts one use less; after the last the code stands for nothing. */
  void release(int code) {
    if (--uses[code] > 0) {
      return;
    }
    codes.remove(get(code));
    values.set(code, null);
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount++] = code;
  }

  /** Returns the value of a code that is in use. */
  Object get(int code) {
    Object value = values.get(code);
    if (value == null) {
      throw new IllegalStateException("code " + code + " is not in use");
    }
    return value;
  }

  /** Returns the code of a value, -1 if it is not in use. */
  int find(Object value) {
    Integer code = codes.get(value);
    return code == null ? -1 : code;
  }
}
