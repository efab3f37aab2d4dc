package dev.recsys.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Free text, seen as its first tokens: runs of letters, marks and digits of any script, in lower
 * case.
 *
 * @param maxTokens tokens kept, at least 1
 * @param ignored a regular expression whose matches are left out before the text is cut into tokens
 */
record TextDomain(int maxTokens, String ignored) implements Domain {
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}]+");

  @Override
  public String canonical(String attribute, Object value) {
    if (value instanceof Iterable) {
      throw Domain.refusal(attribute, "text", value);
    }
    return value.toString();
  }

  List<String> tokens(String text) {
    String kept = ignored.isEmpty() ? text : text.replaceAll(ignored, " ");
    Matcher matcher = TOKEN.matcher(kept.toLowerCase(Locale.ROOT));
    List<String> tokens = new ArrayList<>();
    while (tokens.size() < maxTokens && matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }
}
