package dev.recsys.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A catalogue of the application's own, as four files of one directory.
 *
 * <ul>
 *   <li>{@code schema.json}: what {@link FeatureSchema#fromMap} reads.
 *   <li>{@code users.csv}: columns {@code id} and the users' attributes.
 *   <li>{@code items.csv}: columns {@code id} and the items' attributes; the values of a
 *       multi-valued one are separated by {@code |}.
 *   <li>{@code ratings.csv}: columns {@code user}, {@code item}, {@code stars} from 1 to 5 and, if
 *       times are known, {@code time}, a whole number that grows.
 * </ul>
 *
 * <p>CSV is that of RFC 4180, in UTF-8, with the columns' names in the first line, in any order;
 * further columns are ignored. An empty cell is a value that is not known. Ids are whole numbers.
 */
public final class CsvFiles {
  private static final String SCHEMA = "schema.json";
  private static final String USERS = "users.csv";
  private static final String ITEMS = "items.csv";
  private static final String RATINGS = "ratings.csv";
  private static final String ID = "id";

  private CsvFiles() {}

  /** Returns whether a directory has a {@code schema.json}. */
  public static boolean isIn(Path directory) {
    return Files.isRegularFile(directory.resolve(SCHEMA));
  }

  /**
   * Reads the four files of a directory. The first malformed line ends it.
   *
   * @throws MalformedDataException naming file and line, what was expected and what stood there
   * @throws IllegalArgumentException naming what is wrong with the schema
   * @throws UncheckedIOException when a file is not there or cannot be read
   */
  public static Dataset read(Path directory) {
    List<String> missing =
        Stream.of(SCHEMA, USERS, ITEMS, RATINGS)
            .filter(file -> !Files.isRegularFile(directory.resolve(file)))
            .toList();
    if (!missing.isEmpty()) {
      throw new UncheckedIOException(
          new FileNotFoundException(directory + " has no " + String.join(", ", missing)));
    }
    FeatureSchema schema = schema(directory.resolve(SCHEMA));
    Set<Long> userIds = new HashSet<>();
    List<UserProfile> users = users(directory.resolve(USERS), schema, userIds);
    Set<Long> itemIds = new HashSet<>();
    List<Item> items = items(directory.resolve(ITEMS), schema, itemIds);
    Ratings ratings = ratings(directory.resolve(RATINGS), userIds, itemIds);
    return new Dataset(schema, users, items, ratings, 0);
  }

  private static FeatureSchema schema(Path file) {
    try {
      return FeatureSchema.fromMap(
          new ObjectMapper()
              .readValue(Files.readAllBytes(file), new TypeReference<Map<String, Object>>() {}));
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new MalformedDataException(file, line, "an object of JSON", e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<UserProfile> users(Path file, FeatureSchema schema, Set<Long> ids) {
    List<UserProfile> users = new ArrayList<>();
    try (CsvTable table = open(file, schema.userAttributes())) {
      while (table.next()) {
        UserProfile.Builder user = UserProfile.builder().id(newId(table, ids));
        for (Attribute attribute : schema.userAttributes()) {
          if (!table.cell(attribute.name()).isEmpty()) {
            user.set(attribute.name(), value(table, attribute));
          }
        }
        users.add(user.build());
      }
    }
    return users;
  }

  private static List<Item> items(Path file, FeatureSchema schema, Set<Long> ids) {
    List<Item> items = new ArrayList<>();
    try (CsvTable table = open(file, schema.itemAttributes())) {
      while (table.next()) {
        Item.Builder item = Item.builder(newId(table, ids));
        for (Attribute attribute : schema.itemAttributes()) {
          if (!table.cell(attribute.name()).isEmpty()) {
            item.set(attribute.name(), value(table, attribute));
          }
        }
        items.add(item.build());
      }
    }
    return items;
  }

  private static CsvTable open(Path file, List<Attribute> attributes) {
    return CsvTable.open(
        file, Stream.concat(Stream.of(ID), attributes.stream().map(Attribute::name)).toList());
  }

  private static long newId(CsvTable table, Set<Long> ids) {
    long id = table.number(ID);
    if (!ids.add(id)) {
      throw table.malformed("an id that no row before has", Long.toString(id));
    }
    return id;
  }

  private static Object value(CsvTable table, Attribute attribute) {
    String cell = table.cell(attribute.name());
    return switch (attribute.kind()) {
      case NUMERIC -> table.decimal(attribute.name());
      case TEXT -> cell;
      case MULTI_VALUED ->
          Stream.of(cell.split("\\|")).map(String::strip).filter(each -> !each.isEmpty()).toList();
      case CATEGORICAL -> {
        try {
          yield attribute.canonical(cell);
        } catch (IllegalArgumentException e) {
          throw table.malformed("in column \"" + attribute.name() + "\" " + e.getMessage(), cell);
        }
      }
    };
  }

  private static Ratings ratings(Path file, Set<Long> users, Set<Long> items) {
    RatingColumns columns = new RatingColumns();
    try (CsvTable table = CsvTable.open(file, List.of("user", "item", "stars"))) {
      boolean timed = table.has("time");
      while (table.next()) {
        long user = known(table, "user", users, USERS);
        long item = known(table, "item", items, ITEMS);
        double stars = table.decimal("stars");
        if (stars < 1 || stars > 5) {
          throw table.malformed("stars from 1 to 5", table.cell("stars"));
        }
        columns.add(user, item, (float) stars, timed ? table.number("time") : 0);
      }
      return timed ? columns.ratings() : columns.withoutTimes();
    }
  }

  private static long known(CsvTable table, String column, Set<Long> ids, String file) {
    long id = table.number(column);
    if (!ids.contains(id)) {
      throw table.malformed("an id of " + file + " in column \"" + column + "\"", "" + id);
    }
    return id;
  }
}
