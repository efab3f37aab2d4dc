package dev.recsys.index.embedded;

import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.h2.mvstore.MVMap;

/**
 * A store inside the process, with nothing to install.
 *
 * <p>One directory is for one store at a time, in one process. Every batch of writes is one commit:
 * after a crash of the process it is there whole or not at all; {@link VectorCollection#flush}
 * makes it safe from a loss of power too, or every write does with {@link Durability#SYNC}. The
 * search index of a collection lives in memory. Closing the store, and a flush after many writes,
 * keep each of its indexes but HNSWLIB in a file of its own, which is compared with the entities
 * when the collection is first asked for; those, and those without a good file, are built anew
 * then.
 *
 * <p>Damage to what was flushed, or was there when the store was closed, is refused with {@link
 * dev.recsys.index.StoreException}, by {@link #open} or when the collection concerned is first
 * asked for; only the names of collections and aliases have no checksum, and what has a damaged one
 * is missing or empty. Commits since the last of these are not vouched for: a file that loses its
 * end may open without them. The directory is copied whole, with the store closed.
 */
public final class EmbeddedVectorStore implements VectorStore {
  private final Database database;
  private final EmbeddedOptions options;
  private final MVMap<String, CollectionDescriptor> descriptors;
  private final MVMap<String, String> aliases;
  private final Map<String, EmbeddedCollection> opened = new HashMap<>();

  private EmbeddedVectorStore(Database database, EmbeddedOptions options) {
    this.database = database;
    this.options = options;
    this.descriptors = database.catalog();
    this.aliases = database.aliases();
  }

  /** Returns an empty store that ends with the process. */
  public static EmbeddedVectorStore inMemory() {
    return new EmbeddedVectorStore(Database.inMemory(), EmbeddedOptions.defaults());
  }

  /** Opens a store as {@link #open(Path, EmbeddedOptions)} does, with the default options. */
  public static EmbeddedVectorStore open(Path directory) {
    return open(directory, EmbeddedOptions.defaults());
  }

  /**
   * Opens the store in a directory; both are created where they do not exist.
   *
   * @throws dev.recsys.index.StoreException if the directory cannot be written, if another store
   *     holds it, or if what is there is damaged or of a newer version; it is left as it was
   */
  public static EmbeddedVectorStore open(Path directory, EmbeddedOptions options) {
    Database database = Database.open(directory, options.durability());
    try {
      return new EmbeddedVectorStore(database, options);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public synchronized VectorCollection create(
      CollectionSchema schema, Map<String, IndexParams> indexParams) {
    String name = schema.name();
    if (has(name)) {
      throw new IllegalArgumentException(
          "store " + database + ": there is a collection or alias \"" + name + "\" already");
    }
    CollectionDescriptor descriptor = new CollectionDescriptor(schema, indexParams);
    database.write(() -> descriptors.put(name, descriptor));
    return openCollection(descriptor);
  }

  @Override
  public VectorCollection collection(String name) {
    return database.read(() -> aliases.containsKey(name))
        ? new AliasedCollection(() -> aliased(name))
        : open(name);
  }

  private synchronized EmbeddedCollection aliased(String alias) {
    String name = database.read(() -> aliases.get(alias));
    if (name == null) {
      throw new IllegalStateException(
          "store " + database + ": the alias \"" + alias + "\" was dropped");
    }
    return open(name);
  }

  private synchronized EmbeddedCollection open(String name) {
    EmbeddedCollection known = opened.get(name);
    CollectionDescriptor descriptor = database.read(() -> descriptors.get(name));
    if (descriptor == null) {
      throw new IllegalArgumentException(
          "store " + database + ": no collection \"" + name + "\"; there are " + list());
    }
    return known == null ? openCollection(descriptor) : known;
  }

  private EmbeddedCollection openCollection(CollectionDescriptor descriptor) {
    EmbeddedCollection collection =
        EmbeddedCollection.open(database, descriptor, options.listener());
    opened.put(descriptor.schema().name(), collection);
    return collection;
  }

  @Override
  public boolean has(String name) {
    return database.read(() -> descriptors.containsKey(name) || aliases.containsKey(name));
  }

  @Override
  public List<String> list() {
    return database.read(() -> List.copyOf(descriptors.keySet()));
  }

  @Override
  public synchronized void rename(String collection, String name) {
    CollectionSchema.checkAlias(name);
    CollectionDescriptor before = database.read(() -> descriptors.get(collection));
    if (before == null || has(name)) {
      throw new IllegalArgumentException(
          "store "
              + database
              + ": \""
              + collection
              + "\" is not renamed to \""
              + name
              + "\"; there are "
              + list()
              + " and the aliases "
              + aliases());
    }
    Entities entities = new Entities(database, before.schema());
    CollectionDescriptor after =
        new CollectionDescriptor(
            before.schema().named(name), before.indexes(), before.partitions());
    Runnable renaming =
        () -> {
          descriptors.remove(collection);
          descriptors.put(name, after);
          entities.rename(database, name);
          aliases.replaceAll((alias, of) -> of.equals(collection) ? name : of);
        };
    EmbeddedCollection known = opened.get(collection);
    if (known == null) {
      database.write(renaming);
    } else {
      known.keepIndexes(true);
      known.drop(renaming);
      opened.remove(collection);
    }
    files(before.schema(), (field, file) -> file.rename(SideFile.name(after.schema(), field)));
  }

  /** Does something to the file of each vector field, if there are files. */
  private void files(CollectionSchema schema, BiConsumer<FieldSchema, SideFile> action) {
    for (FieldSchema field : schema.vectors()) {
      SideFile file = database.sideFile(schema, field);
      if (file != null) {
        action.accept(field, file);
      }
    }
  }

  @Override
  public synchronized void alias(String alias, String collection) {
    CollectionSchema.checkAlias(alias);
    if (database.read(() -> descriptors.containsKey(alias))) {
      throw new IllegalArgumentException(
          "store " + database + ": \"" + alias + "\" is a collection, it cannot be an alias");
    }
    // built before calls arrive by the alias
    String name = collection(collection).name();
    database.write(() -> aliases.put(alias, name));
  }

  @Override
  public synchronized void dropAlias(String alias) {
    if (database.read(() -> aliases.containsKey(alias))) {
      database.write(() -> aliases.remove(alias));
    }
  }

  @Override
  public Map<String, String> aliases() {
    return database.read(() -> Collections.unmodifiableMap(new TreeMap<>(aliases)));
  }

  private void checkNoAlias(String name) {
    aliases()
        .forEach(
            (alias, collection) -> {
              if (alias.equals(name) || collection.equals(name)) {
                throw new IllegalArgumentException(
                    "store "
                        + database
                        + ": \""
                        + name
                        + "\" is not dropped: \""
                        + alias
                        + "\" is an alias of \""
                        + collection
                        + "\"");
              }
            });
  }

  @Override
  public synchronized void drop(String name) {
    checkNoAlias(name);
    CollectionDescriptor descriptor = database.read(() -> descriptors.get(name));
    if (descriptor == null) {
      return;
    }
    Entities entities = new Entities(database, descriptor.schema());
    Runnable removal =
        () -> {
          descriptors.remove(name);
          entities.drop(database);
        };
    EmbeddedCollection collection = opened.get(name);
    if (collection == null) {
      database.write(removal);
    } else {
      collection.drop(removal);
      opened.remove(name);
    }
    files(descriptor.schema(), (field, file) -> file.remove());
  }

  @Override
  public synchronized void close() {
    if (database.sound()) {
      opened.values().forEach(collection -> collection.keepIndexes(true));
    }
    database.close();
  }
}
