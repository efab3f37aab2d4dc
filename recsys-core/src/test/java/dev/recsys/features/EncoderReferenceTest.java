package dev.recsys.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The encoder against a plain one, and what it costs where requests are served. */
class EncoderReferenceTest {
  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder("reference")
          .user(Attribute.bucketed("age", 1, 18, 56))
          .user(Attribute.categorical("town"))
          .item(Attribute.text("title", 3))
          .item(Attribute.multiValued("tags"))
          .item(Attribute.categorical("brand"))
          .build();
  private static final String[] WORDS = {"Ferry", "brass", "ÉTÉ", "2001", "x-y", "...", "brass,"};

  private static List<Item> items(Random random, int count) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Item.Builder item = Item.builder(i * 7L - 20);
      if (random.nextInt(4) > 0) {
        item.set("title", String.join(" ", some(random)));
      }
      if (random.nextInt(4) > 0) {
        item.set("tags", some(random));
      }
      if (random.nextInt(4) > 0) {
        item.set("brand", WORDS[random.nextInt(WORDS.length)]);
      }
      items.add(item.build());
    }
    return items;
  }

  private static List<String> some(Random random) {
    return random.ints(random.nextInt(6), 0, WORDS.length).mapToObj(i -> WORDS[i]).toList();
  }

  @Property(tries = 300)
  void itemsAreEncodedAsByAPlainEncoder(@ForAll long seed) {
    Random random = new Random(seed);
    List<Item> known = items(random, random.nextInt(6));
    List<Item> all = new ArrayList<>(known);
    all.addAll(items(random, 3));
    FeatureEncoder encoder = FeatureEncoder.fit(SCHEMA, List.of(), known);
    for (Item item : all) {
      int[][] rows = encoder.encode(item).rows();
      assertThat(rows[0]).isEqualTo(rows(words(known, "title"), titleTokens(item)));
      assertThat(rows[1]).isEqualTo(rows(words(known, "tags"), tags(item)));
      assertThat(rows[2]).hasSize(1).isEqualTo(brandRow(known, item));
    }
  }

  private static List<String> titleTokens(Item item) {
    List<String> tokens = new ArrayList<>();
    for (String token : item.title().toLowerCase(Locale.ROOT).split("[ ,.-]+", -1)) {
      if (!token.isEmpty() && tokens.size() < 3) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  private static List<String> tags(Item item) {
    List<String> tags = new ArrayList<>();
    if (item.get("tags") instanceof List<?> list) {
      list.forEach(tag -> tags.add(tag.toString()));
    }
    return tags.stream().distinct().toList();
  }

  private static int[] brandRow(List<Item> known, Item item) {
    Object brand = item.get("brand");
    return brand == null ? new int[1] : rows(words(known, "brand"), List.of(brand.toString()));
  }

  private static List<String> words(List<Item> items, String attribute) {
    TreeSet<String> words = new TreeSet<>();
    for (Item item : items) {
      Object value = item.get(attribute);
      if (attribute.equals("title")) {
        words.addAll(titleTokens(item));
      } else if (attribute.equals("tags")) {
        words.addAll(tags(item));
      } else if (value != null) {
        words.add(value.toString());
      }
    }
    return new ArrayList<>(words);
  }

  private static int[] rows(List<String> vocabulary, List<String> words) {
    return words.stream().mapToInt(word -> vocabulary.indexOf(word) + 1).toArray();
  }

  @Test
  void encodingAUserAllocatesLittleMoreThanItsResult() {
    List<UserProfile> users =
        List.of(UserProfile.builder().id(3).set("age", 30).set("town", "Ulm").build());
    FeatureEncoder encoder = FeatureEncoder.fit(SCHEMA, users, List.of());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int rounds = 10_000;
    int sum = 0;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < rounds; i++) {
      sum += encoder.encode(users.get(0))[0];
    }
    long perUser = (threads.getCurrentThreadAllocatedBytes() - before) / rounds;
    assertThat(sum).isEqualTo(rounds);
    assertThat(perUser).as("bytes").isLessThan(200);
  }
}
