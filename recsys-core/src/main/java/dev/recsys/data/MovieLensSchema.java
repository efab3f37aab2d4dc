package dev.recsys.data;

import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The attributes of MovieLens 1M, with the codes of its README. */
final class MovieLensSchema {
  static final Attribute GENDER = closed("gender", List.of("F", "M"), List.of("female", "male"));
  static final List<String> AGES = List.of("1", "18", "25", "35", "45", "50", "56");
  static final Attribute AGE =
      Attribute.bucketed("age", AGES.stream().mapToInt(Integer::parseInt).toArray());

  static final List<String> OCCUPATIONS =
      List.of(
          "other",
          "academic/educator",
          "artist",
          "clerical/admin",
          "college/grad student",
          "customer service",
          "doctor/health care",
          "executive/managerial",
          "farmer",
          "homemaker",
          "K-12 student",
          "lawyer",
          "programmer",
          "retired",
          "sales/marketing",
          "scientist",
          "self-employed",
          "technician/engineer",
          "tradesman/craftsman",
          "unemployed",
          "writer");

  static final Attribute OCCUPATION =
      closed(
          "occupation",
          OCCUPATIONS.stream().map(o -> Integer.toString(OCCUPATIONS.indexOf(o))).toList(),
          OCCUPATIONS);

  /** The longest title of ml-1m has 15 tokens. */
  private static final int TITLE_TOKENS = 16;

  private static final String YEAR_AT_THE_END = "\\s*\\(\\d{4}\\)$";

  static final FeatureSchema SCHEMA =
      FeatureSchema.builder("ml-1m")
          .user(GENDER)
          .user(AGE)
          .user(OCCUPATION)
          .item(Attribute.multiValued("genres"))
          .item(Attribute.text("title", TITLE_TOKENS).ignoring(YEAR_AT_THE_END))
          .item(Attribute.numeric("year"))
          .build();

  private MovieLensSchema() {}

  private static Attribute closed(String name, List<String> codes, List<String> labels) {
    Map<String, String> byCode = new LinkedHashMap<>();
    for (int i = 0; i < codes.size(); i++) {
      byCode.put(codes.get(i), labels.get(i));
    }
    return Attribute.categorical(name, byCode);
  }
}
