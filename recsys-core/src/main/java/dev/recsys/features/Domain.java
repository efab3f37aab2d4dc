package dev.recsys.features;

import java.util.List;

/** The values that an attribute may take. */
sealed interface Domain permits OpenDomain, ClosedDomain, BucketDomain, TextDomain, NumberDomain {
  /**
   * Returns the one spelling under which a value is known.
   *
   * @throws IllegalArgumentException naming the attribute, what is allowed and what came
   */
  String canonical(String attribute, Object value);

  /** Returns every canonical value of a closed set; empty when the values come from the data. */
  default List<String> codes() {
    return List.of();
  }

  /** Returns the error for a value that is not allowed. */
  static IllegalArgumentException refusal(String attribute, String allowed, Object value) {
    String text = String.valueOf(value);
    String shown = text.length() <= 80 ? text : text.substring(0, 77) + "...";
    return new IllegalArgumentException(
        "attribute \"" + attribute + "\": allowed is " + allowed + ", not \"" + shown + "\"");
  }
}
