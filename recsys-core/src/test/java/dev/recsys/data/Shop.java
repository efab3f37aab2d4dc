package dev.recsys.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A generated shop as CSV: customers with a hobby and a country, products with department, brand,
 * tags, price and name. Who has a hobby likes its department.
 */
public final class Shop {
  public static final List<String> HOBBIES = List.of("cooking", "garden", "music", "running");
  private static final String[][] THINGS = {
    {"pan", "knife", "kettle"},
    {"spade", "hose", "seeds"},
    {"guitar", "drum", "cable"},
    {"shoe", "sock", "watch"}
  };
  private static final String[] COUNTRIES = {"AT", "BR", "JP"};
  private static final String[] BRANDS = {"Alba", "Borea", "Cetus", "Dione", "Elara"};
  private static final String[] TAGS = {"blue", "gift", "light", "new", "red", "steel"};
  private static final int CUSTOMERS = 240;
  private static final int PRODUCTS = 160;
  private static final int RATINGS_EACH = 25;

  private Shop() {}

  public static int hobbyOf(long customer) {
    return (int) (customer % HOBBIES.size());
  }

  public static int departmentOf(long product) {
    return (int) (product / 3 % HOBBIES.size());
  }

  /** Writes the four files into a directory. */
  public static void write(Path directory, long seed) throws IOException {
    Random random = new Random(seed);
    Files.writeString(
        directory.resolve("schema.json"),
        """
        {
          "name": "shop",
          "user": [
            {"name": "hobby", "kind": "CATEGORICAL"},
            {"name": "country", "kind": "CATEGORICAL",
             "labels": {"AT": "Austria", "BR": "Brazil", "JP": "Japan"}}
          ],
          "item": [
            {"name": "department", "kind": "CATEGORICAL"},
            {"name": "brand", "kind": "CATEGORICAL"},
            {"name": "tags", "kind": "MULTI_VALUED"},
            {"name": "price", "kind": "NUMERIC"},
            {"name": "title", "kind": "TEXT"}
          ]
        }
        """);
    StringBuilder users = new StringBuilder("id,hobby,country\n");
    for (int user = 1; user <= CUSTOMERS; user++) {
      String country = user % 10 == 0 ? "" : pick(COUNTRIES, random);
      users.append("%d,%s,%s%n".formatted(user, HOBBIES.get(hobbyOf(user)), country));
    }
    Files.writeString(directory.resolve("users.csv"), users);
    StringBuilder items = new StringBuilder("title,price,department,brand,tags,id\n");
    for (int item = 1; item <= PRODUCTS; item++) {
      int department = departmentOf(item);
      String title =
          "\"%s %s, no. %d\"".formatted(pick(TAGS, random), pick(THINGS[department], random), item);
      items.append(
          "%s,%d.%02d,%s,%s,%s|%s,%d%n"
              .formatted(
                  title,
                  5 + random.nextInt(95),
                  random.nextInt(100),
                  HOBBIES.get(department),
                  pick(BRANDS, random),
                  pick(TAGS, random),
                  pick(TAGS, random),
                  item));
    }
    Files.writeString(directory.resolve("items.csv"), items);
    StringBuilder ratings = new StringBuilder("user,item,stars,time\n");
    for (int user = 1; user <= CUSTOMERS; user++) {
      int[] bought = random.ints(1, PRODUCTS + 1).distinct().limit(RATINGS_EACH).toArray();
      for (int i = 0; i < bought.length; i++) {
        boolean liked = departmentOf(bought[i]) == hobbyOf(user);
        int stars = liked ? 4 + random.nextInt(2) : 1 + random.nextInt(3);
        ratings.append("%d,%d,%d,%d%n".formatted(user, bought[i], stars, i));
      }
    }
    Files.writeString(directory.resolve("ratings.csv"), ratings);
  }

  private static String pick(String[] values, Random random) {
    return values[random.nextInt(values.length)];
  }
}
