package dev.recsys.index.filter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and texts as they are written in an expression. Every reading method returns null for
 * what is not one.
 */
final class Literals {
  private static final String ESCAPED = "abfnrtv\\'\"?";
  private static final String MEANT = "\u0007\b\f\n\r\t\u000B\\'\"?";

  private Literals() {}

  /** Reads a decimal, octal, hexadecimal or binary integer of 64 bits, with or without a minus. */
  static @Nullable Long integer(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    int radix = 10;
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      char mark = Character.toLowerCase(digits.charAt(1));
      radix = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
      digits = digits.substring(radix == 8 ? 1 : 2);
    }
    try {
      return Long.parseLong(negative ? "-" + digits : digits, radix);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Reads a finite decimal or hexadecimal floating number. */
  static @Nullable Double real(String text) {
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? value : null;
  }

  /** Reads a text in quotes, with its escapes, or a raw one, where a backslash is a backslash. */
  static @Nullable String text(String literal) {
    boolean raw = Character.toLowerCase(literal.charAt(0)) == 'r';
    String body = literal.substring(raw ? 2 : 1, literal.length() - 1);
    return raw || body.indexOf('\\') < 0 ? body : new Unescaping(body).run();
  }

  /** Appends the text in double quotes. */
  static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int escape = c == '\'' || c == '?' ? -1 : MEANT.indexOf(c);
      if (escape >= 0) {
        out.append('\\').append(ESCAPED.charAt(escape));
      } else if (c < ' ') {
        out.append("\\x").append(Character.forDigit(c >> 4, 16));
        out.append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** One pass over a text with escapes; octal and {@code \x} escapes are bytes of UTF-8. */
  private static final class Unescaping {
    private final String body;
    private final StringBuilder out = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int at;

    Unescaping(String body) {
      this.body = body;
    }

    @Nullable String run() {
      while (at < body.length()) {
        char c = body.charAt(at++);
        if (c != '\\') {
          if (!flush()) {
            return null;
          }
          out.append(c);
        } else if (!escape(body.charAt(at++))) {
          return null;
        }
      }
      return flush() ? out.toString() : null;
    }

    private boolean escape(char c) {
      if (c >= '0' && c <= '7') {
        at--;
        return octal();
      }
      if (c == 'x') {
        return oneByte(digits(2, 16));
      }
      if (!flush()) {
        return false;
      }
      if (c == 'u' || c == 'U') {
        return codePoint(digits(c == 'u' ? 4 : 8, 16));
      }
      if (c == '%' || c == '_') {
        // what "like" reads as the character itself
        out.append('\\').append(c);
        return true;
      }
      int known = ESCAPED.indexOf(c);
      if (known >= 0) {
        out.append(MEANT.charAt(known));
      }
      return known >= 0;
    }

    private boolean octal() {
      int value = 0;
      for (int i = 0; i < 3; i++) {
        int digit = digit(8);
        if (digit < 0) {
          break;
        }
        value = value * 8 + digit;
        at++;
      }
      return oneByte(value);
    }

    private boolean oneByte(long value) {
      if (value < 0 || value > 0xFF) {
        return false;
      }
      bytes.write((int) value);
      return true;
    }

    private boolean codePoint(long value) {
      boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
      if (value < 0 || value > Character.MAX_CODE_POINT || surrogate) {
        return false;
      }
      out.appendCodePoint((int) value);
      return true;
    }

    /** Reads that many digits, or returns -1. */
    private long digits(int count, int radix) {
      long value = 0;
      for (int i = 0; i < count; i++) {
        int digit = digit(radix);
        if (digit < 0) {
          return -1;
        }
        value = value * radix + digit;
        at++;
      }
      return value;
    }

    private int digit(int radix) {
      boolean ascii = at < body.length() && body.charAt(at) < 0x80;
      return ascii ? Character.digit(body.charAt(at), radix) : -1;
    }

    private boolean flush() {
      if (bytes.size() == 0) {
        return true;
      }
      try {
        ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
        out.append(StandardCharsets.UTF_8.newDecoder().decode(all));
        bytes.reset();
        return true;
      } catch (CharacterCodingException e) {
        return false;
      }
    }
  }
}
