package dev.recsys.data;

import dev.recsys.features.Attribute;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the three files of MovieLens 1M. One use, one thread. */
final class MovieLensParser {
  private static final String USER = "UserID::Gender::Age::Occupation::Zip-code";
  private static final String MOVIE = "MovieID::Title (Year)::Genre|Genre";
  private static final String RATING = "UserID::MovieID::Rating::Timestamp";

  private final Path directory;
  private final boolean skipBadLines;
  private long skippedLines;

  MovieLensParser(Path directory, boolean skipBadLines) {
    this.directory = directory;
    this.skipBadLines = skipBadLines;
  }

  Dataset read() {
    List<UserProfile> users = users();
    List<Item> items = items();
    long[] userIds = users.stream().mapToLong(u -> u.id().orElseThrow()).sorted().toArray();
    long[] itemIds = items.stream().mapToLong(Item::id).sorted().toArray();
    Ratings ratings = ratings(userIds, itemIds);
    return new Dataset(MovieLens.SCHEMA, users, items, ratings, skippedLines);
  }

  /** Tells whether a line can be used; one that cannot is counted or thrown. */
  private boolean accept(DatLines lines) {
    if (lines.isGood()) {
      return true;
    }
    if (!skipBadLines) {
      throw lines.error();
    }
    skippedLines++;
    return false;
  }

  private List<UserProfile> users() {
    DatLines lines = DatLines.of(directory.resolve(MovieLensFiles.USERS));
    List<UserProfile> users = new ArrayList<>();
    Set<Long> ids = new HashSet<>();
    while (lines.next()) {
      UserProfile user = user(lines, ids);
      if (accept(lines)) {
        users.add(user);
        ids.add(user.id().orElseThrow());
      }
    }
    return users;
  }

  private static UserProfile user(DatLines lines, Set<Long> ids) {
    long id = lines.number("a UserID first, as in " + USER);
    lines.separator(USER);
    String gender = lines.text("a gender second, as in " + USER);
    lines.separator(USER);
    String age = lines.text("an age third, as in " + USER);
    lines.separator(USER);
    String occupation = lines.text("an occupation fourth, as in " + USER);
    lines.separator(USER);
    lines.text("a zip code fifth, as in " + USER);
    lines.end(USER);
    if (ids.contains(id)) {
      lines.reject("a UserID that no line before has");
    }
    requireCode(lines, MovieLensSchema.GENDER, gender);
    requireCode(lines, MovieLensSchema.AGE, age);
    requireCode(lines, MovieLensSchema.OCCUPATION, occupation);
    UserProfile.Builder user = UserProfile.builder().id(id).set("gender", gender);
    return lines.isGood()
        ? user.set("age", Integer.valueOf(age))
            .set("occupation", Integer.valueOf(occupation))
            .build()
        : user.build();
  }

  private static void requireCode(DatLines lines, Attribute attribute, String code) {
    if (lines.isGood() && !isCode(attribute, code)) {
      lines.reject("a code of the attribute " + attribute.name() + " as in the README of ml-1m");
    }
  }

  private static boolean isCode(Attribute attribute, String code) {
    try {
      return attribute.canonical(code).equals(code);
    } catch (IllegalArgumentException notAllowed) {
      return false;
    }
  }

  private List<Item> items() {
    DatLines lines = DatLines.of(directory.resolve(MovieLensFiles.MOVIES));
    List<Item> items = new ArrayList<>();
    Set<Long> ids = new HashSet<>();
    while (lines.next()) {
      Item item = item(lines, ids);
      if (accept(lines)) {
        items.add(item);
        ids.add(item.id());
      }
    }
    return items;
  }

  private static Item item(DatLines lines, Set<Long> ids) {
    long id = lines.number("a MovieID first, as in " + MOVIE);
    lines.separator(MOVIE);
    String title = lines.textToLastSeparator("a title second, as in " + MOVIE);
    lines.separator(MOVIE);
    String genres = lines.text("genres third, as in " + MOVIE);
    lines.end(MOVIE);
    List<String> names = Arrays.asList(genres.split("\\|", -1));
    if (names.stream().anyMatch(String::isBlank)) {
      lines.reject("genres that are not empty, as in " + MOVIE);
    }
    if (ids.contains(id)) {
      lines.reject("a MovieID that no line before has");
    }
    Item.Builder item = Item.builder(id).set("title", title).set("genres", names);
    Integer year = year(title);
    return year == null ? item.build() : item.set("year", year).build();
  }

  /** Returns the year of a title such as "Some Film (1995)", null when it does not end in one. */
  static @Nullable Integer year(String title) {
    int open = title.length() - 6;
    if (open < 0 || title.charAt(open) != '(' || !title.endsWith(")")) {
      return null;
    }
    String digits = title.substring(open + 1, open + 5);
    return digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.valueOf(digits) : null;
  }

  private Ratings ratings(long[] userIds, long[] itemIds) {
    DatLines lines = DatLines.of(directory.resolve(MovieLensFiles.RATINGS));
    RatingColumns columns = new RatingColumns();
    long known = -1;
    while (lines.next()) {
      long user = lines.number("a UserID first, as in " + RATING);
      lines.separator(RATING);
      long item = lines.number("a MovieID second, as in " + RATING);
      lines.separator(RATING);
      long stars = lines.number("a rating third, as in " + RATING);
      lines.separator(RATING);
      long time = lines.number("a timestamp fourth, as in " + RATING);
      lines.end(RATING);
      if (user != known && Arrays.binarySearch(userIds, user) < 0) {
        lines.reject("a UserID of " + MovieLensFiles.USERS);
      }
      if (Arrays.binarySearch(itemIds, item) < 0) {
        lines.reject("a MovieID of " + MovieLensFiles.MOVIES);
      }
      if (stars < 1 || stars > 5) {
        lines.reject("a rating from 1 to 5");
      }
      if (accept(lines)) {
        columns.add(user, item, (float) stars, time);
        known = user;
      }
    }
    return columns.ratings();
  }
}
