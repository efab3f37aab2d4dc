package dev.recsys.features;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A fixed set of codes, each with a label that is accepted in its place. */
final class ClosedDomain implements Domain {
  private final Map<String, String> labels;

  /** The code of every accepted spelling, in lower case: codes, labels, parts of labels. */
  private final Map<String, String> spellings;

  ClosedDomain(String attribute, Map<String, String> labels) {
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("attribute \"" + attribute + "\": no allowed values");
    }
    this.labels = new LinkedHashMap<>(labels);
    this.spellings = partsOfLabels(labels);
    spellings.putAll(names(attribute, labels));
    labels.keySet().forEach(code -> spellings.put(code, code));
  }

  /** Accepts "educator" for "academic/educator", unless another label has that part too. */
  private static Map<String, String> partsOfLabels(Map<String, String> labels) {
    Map<String, String> parts = new HashMap<>();
    Set<String> shared = new HashSet<>();
    labels.forEach(
        (code, label) -> {
          for (String part : lower(label).split("/", -1)) {
            String other = parts.put(part.strip(), code);
            if (other != null && !other.equals(code)) {
              shared.add(part.strip());
            }
          }
        });
    parts.keySet().removeAll(shared);
    parts.remove("");
    return parts;
  }

  private static Map<String, String> names(String attribute, Map<String, String> labels) {
    Map<String, String> names = new HashMap<>();
    labels.forEach(
        (code, label) -> {
          for (String name : List.of(lower(code), lower(label))) {
            String other = names.put(name, code);
            if (other != null && !other.equals(code)) {
              throw new IllegalArgumentException(
                  "attribute \"%s\": \"%s\" stands for both %s and %s"
                      .formatted(attribute, name, other, code));
            }
          }
        });
    return names;
  }

  private static String lower(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public String canonical(String attribute, Object value) {
    String text = OpenDomain.text(value);
    String code = spellings.get(text);
    if (code == null) {
      code = spellings.get(lower(text));
    }
    if (code == null) {
      throw Domain.refusal(attribute, "one of " + described(), value);
    }
    return code;
  }

  private String described() {
    return labels.entrySet().stream()
        .map(
            entry ->
                entry.getKey().equals(entry.getValue())
                    ? entry.getKey()
                    : entry.getKey() + " (" + entry.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  @Override
  public List<String> codes() {
    return new ArrayList<>(labels.keySet());
  }

  Map<String, String> labels() {
    return new LinkedHashMap<>(labels);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClosedDomain that && labels.equals(that.labels);
  }

  @Override
  public int hashCode() {
    return labels.hashCode();
  }
}
