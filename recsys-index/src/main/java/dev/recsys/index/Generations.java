package dev.recsys.index;

import com.google.common.collect.Iterables;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collections that follow each other under one alias: the next is filled beside the one that
 * serves, verified, and then put in its place in one step. Whoever asks by the alias meets the old
 * one or the new one, whole.
 *
 * <pre>{@code
 * Generations.of(store, "movies").load(schema, IndexParams.hnsw(MetricType.IP), entities);
 * store.collection("movies").search(request);
 * }</pre>
 *
 * <p>For one loader at a time; readers need not know of it.
 */
public final class Generations {
  private static final int BATCH = 1_000;
  private static final int SAMPLE = 32;

  /** How much the score of a stored vector may differ from what it is in double precision. */
  private static final double TOLERANCE = 1e-3;

  private final VectorStore store;
  private final String alias;

  private Generations(VectorStore store, String alias) {
    this.store = store;
    this.alias = CollectionSchema.checkAlias(alias);
  }

  /**
   * Returns the generations under an alias; none need exist yet. They are named by the alias, an
   * underscore and their number.
   *
   * @throws IllegalArgumentException if the alias is not a name
   */
  public static Generations of(VectorStore store, String alias) {
    return new Generations(store, alias);
  }

  /**
   * Fills the next generation, verifies it by its count and by searches for some of its entities,
   * moves the alias to it, and drops those before. If anything fails on the way, what was half
   * built is dropped, and the alias stands where it stood.
   *
   * @param fields the fields of the collection, whatever it is called
   * @param entities of two with one key the later wins
   * @return the name of the new collection
   * @throws StoreException if the store fails, or has not what was written
   * @throws IllegalArgumentException if an entity does not fit the fields
   */
  public String load(CollectionSchema fields, IndexParams params, Iterable<Entity> entities) {
    List<String> before = generations();
    long next = before.stream().mapToLong(this::number).max().orElse(0) + 1;
    String name = alias + "_" + next;
    VectorCollection collection = store.create(fields.named(name), params);
    try {
      fill(collection, entities);
      store.alias(alias, name);
    } catch (RuntimeException | Error e) {
      dropQuietly(name, e);
      throw e;
    }
    dropWithoutAlias(before);
    return name;
  }

  private void fill(VectorCollection collection, Iterable<Entity> entities) {
    Set<Object> keys = new HashSet<>();
    List<Entity> sample = new ArrayList<>();
    for (List<Entity> batch : Iterables.partition(entities, BATCH)) {
      collection.upsert(batch);
      batch.forEach(entity -> keys.add(entity.key()));
      if (sample.size() < SAMPLE) {
        sample.add(batch.get(batch.size() / 2));
      }
    }
    collection.flush();
    check(collection, collection.count() == keys.size(), keys.size() + " entities were written");
    for (Entity entity : sample) {
      List<Hit> hits = collection.search(SearchRequest.nearest(entity.vector()).limit(1));
      boolean found = !hits.isEmpty() && asNear(hits.get(0).score(), entity, collection);
      check(collection, found, "entity " + entity.key() + " is not found by its vector");
    }
  }

  /** Returns whether a score is no worse than that of an entity's vector with itself. */
  private static boolean asNear(float score, Entity entity, VectorCollection collection) {
    double square = 0;
    for (float component : entity.vector()) {
      square += (double) component * component;
    }
    MetricType metric = collection.indexParams().metric();
    double slack = TOLERANCE * Math.max(1, square);
    return switch (metric) {
      case IP -> score >= square - slack;
      case COSINE -> square == 0 || score >= 1 - TOLERANCE;
      case L2 -> score <= slack;
    };
  }

  private static void check(VectorCollection collection, boolean holds, String what) {
    if (!holds) {
      String name = collection.name();
      throw new StoreException(
          StoreException.Reason.CORRUPT,
          name,
          "generation \"" + name + "\" is not taken: " + what + ", it has " + collection.count(),
          null);
    }
  }

  private List<String> generations() {
    return store.list().stream().filter(name -> number(name) > 0).toList();
  }

  /** Returns the number of a generation, 0 of another collection. */
  private long number(String name) {
    String digits = name.startsWith(alias + "_") ? name.substring(alias.length() + 1) : "";
    return digits.matches("[1-9]\\d{0,17}") ? Long.parseLong(digits) : 0;
  }

  private void dropWithoutAlias(List<String> names) {
    Map<String, String> aliases = store.aliases();
    names.stream().filter(name -> !aliases.containsValue(name)).forEach(store::drop);
  }

  private void dropQuietly(String name, Throwable cause) {
    try {
      store.drop(name);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
