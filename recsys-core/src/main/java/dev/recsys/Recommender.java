package dev.recsys;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.StoreException;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code recommender.forUser(profile).topK(5)}: the user's vector comes from the model, the
 * nearest item vectors from a collection of the store.
 *
 * <p>Items are ranked by {@link FusionModel#objective}; {@link FusionModel#rankingBy} chooses the
 * other one. The collection is named after the model's fingerprint, which objectives do not share,
 * so a model is never searched with another model's vectors; it is filled when it is missing or
 * incomplete. PyTorch is not started.
 *
 * <p>Safe for many threads. While a collection is checked, filled or removed, the store's monitor
 * is held: recommenders of one store may be made, and models loaded, by several threads at once.
 * Closing a recommender leaves the store open: whoever opened it closes it.
 */
public final class Recommender implements AutoCloseable {
  /** The most items that one query can return, Milvus's limit. */
  public static final int MAX_RESULTS = 16_384;

  private final VectorStore store;
  private final IndexParams index;
  private final SeenItems seen = new SeenItems();
  private final Fallback fallback = new Fallback();
  private final ThreadLocal<float[]> scratch = ThreadLocal.withInitial(() -> new float[0]);
  private volatile Serving serving;
  private volatile boolean closed;
  private volatile @Nullable RequestObserver observer;
  private @Nullable ItemCollection replaced;

  private Recommender(FusionModel model, VectorStore store, IndexParams index) {
    long start = System.nanoTime();
    this.store = store;
    this.index = index;
    CatalogueChanges changes = new CatalogueChanges(store, model.schema().name());
    ItemCollection collection = new ItemCollection(model, store, index, changes);
    this.serving = new Serving(model, collection.ensureLoaded(), changes);
    Events.serving(model, changes.count(model), start);
  }

  /**
   * Opens a saved model over a store, with exact search.
   *
   * @param model the directory that {@link FusionModel#save} wrote
   * @throws dev.recsys.model.ModelFormatException if the directory holds no readable model
   * @throws dev.recsys.index.StoreException if the store fails
   */
  public static Recommender open(Path model, VectorStore store) {
    return of(FusionModel.load(model), store);
  }

  /** Serves a model from a store, with exact search. */
  public static Recommender of(FusionModel model, VectorStore store) {
    return of(model, store, IndexParams.flat(MetricType.IP));
  }

  /**
   * Serves a model from a store.
   *
   * @param index how the item vectors are indexed if the collection has yet to be filled; its
   *     metric is IP
   * @throws IllegalArgumentException if an attribute of items cannot be a field of a collection,
   *     because of its name or because there are too many
   * @throws dev.recsys.index.StoreException if the store fails
   */
  public static Recommender of(FusionModel model, VectorStore store, IndexParams index) {
    return new Recommender(model, store, index);
  }

  /**
   * Loads a model's item vectors into a store anew, whether they are there or not, and removes the
   * vectors of other models.
   *
   * <p>Recommenders of the same model go on answering, during the load and after it, if the
   * collection is indexed as asked for. If it is not (or is damaged, or something else was put into
   * it), it is dropped and made anew: they throw {@link IllegalStateException} from then on, as do
   * recommenders of the models removed, and are to be made again.
   *
   * @return how many items were loaded
   * @throws IllegalArgumentException if an attribute of items cannot be a field of a collection
   * @throws dev.recsys.index.StoreException if the store fails
   */
  public static long load(FusionModel model, VectorStore store, IndexParams index) {
    CatalogueChanges changes = new CatalogueChanges(store, model.schema().name());
    ItemCollection collection = new ItemCollection(model, store, index, changes);
    long count = collection.reload().count();
    collection.dropOthers();
    return count;
  }

  /**
   * Takes a model in place of the one that answers, as {@link #reload(FusionModel)} does.
   *
   * @param model the directory that {@link FusionModel#save} wrote; the objective that ranks stays
   *     the same if the new model was trained for it
   * @throws dev.recsys.model.ModelFormatException if the directory holds no readable model; the one
   *     before goes on answering
   */
  public void reload(Path model) {
    checkOpen();
    FusionModel loaded = FusionModel.load(model);
    Objective before = model().objective();
    reload(loaded.objectives().contains(before) ? loaded.rankingBy(before) : loaded);
  }

  /**
   * Takes a model in place of the one that answers, without a pause: its items' vectors are loaded
   * first, into a collection of their own, and each request is answered by one model and its
   * vectors, whichever answered when it began.
   *
   * <p>What was put into the {@link #items} or taken out stays so.
   *
   * <p>The vectors of the model replaced stay in the store until the next reload, for requests
   * under way and for other recommenders of the store that are still to follow; those that were
   * replaced before are removed. The vectors of no other model are touched.
   *
   * @throws dev.recsys.index.StoreException if the store fails; the model before goes on answering
   */
  public synchronized void reload(FusionModel model) {
    checkOpen();
    long start = System.nanoTime();
    CatalogueChanges changed =
        model.schema().name().equals(model().schema().name())
            ? serving.changes()
            : new CatalogueChanges(store, model.schema().name());
    changed.refresh();
    ItemCollection before = collection(serving);
    ItemCollection after = new ItemCollection(model, store, index, changed);
    Serving next = new Serving(model, after.ensureLoaded(), changed);
    if (!before.sameAs(after)) {
      if (replaced != null && !replaced.sameAs(before) && !replaced.sameAs(after)) {
        replaced.drop();
      }
      replaced = before;
    }
    serving = next;
    RequestObserver told = observer;
    if (told != null) {
      told.serving(model);
    }
    Events.serving(model, changed.count(model), start);
  }

  /**
   * Notes items that a user has seen: {@code excludeSeen} leaves them out from now on. The vectors
   * stay as they are; {@link UserQuery#withHistory} moves a user's. Kept in memory, whatever model
   * is loaded, until this recommender is let go of.
   *
   * @param items of any catalogue, in any order
   */
  public void addSeen(long user, long... items) {
    checkOpen();
    seen.add(user, items);
  }

  /**
   * Returns whether requests can be answered; asks the store, which on a server is a call. Never
   * throws: a closed recommender or store, or one that cannot be reached, is a problem it names.
   */
  public Health health() {
    Serving current = serving;
    FusionModel model = current.model();
    long items = current.changes().count(model);
    long vectors = -1;
    String problem = "";
    try {
      checkOpen();
      vectors = current.items().count();
      if (vectors < items) {
        problem = "%d of %d vectors are there".formatted(vectors, items);
      }
    } catch (IllegalStateException | StoreException e) {
      problem = String.valueOf(e.getMessage());
    }
    return new Health(
        problem.isEmpty(), model.fingerprint(), model.objective(), items, vectors, problem);
  }

  /** Returns the items, to be changed while this answers. */
  public Catalogue items() {
    checkOpen();
    return new Catalogue(this);
  }

  synchronized long upsert(List<Item> items) {
    Serving current = serving();
    Map<Long, Item> byId = new LinkedHashMap<>();
    items.forEach(item -> byId.put(item.id(), item));
    List<Item> distinct = List.copyOf(byId.values());
    collection(current).upsert(current.items(), distinct, () -> current.changes().put(distinct));
    awaitVisible(current);
    Events.changed(current.model(), distinct.size(), 0);
    return items.size();
  }

  synchronized long remove(long[] ids) {
    Serving current = serving();
    current.changes().remove(ids);
    current.items().delete(ids);
    awaitVisible(current);
    Events.changed(current.model(), 0, ids.length);
    return ids.length;
  }

  /** What a server has shown to a strong read, as this one is, it shows to all that follow. */
  private static void awaitVisible(Serving current) {
    current.items().count();
  }

  private ItemCollection collection(Serving current) {
    return new ItemCollection(current.model(), store, index, current.changes());
  }

  /** Starts a query for the items that suit a user best. */
  public UserQuery forUser(UserProfile profile) {
    checkOpen();
    return new UserQuery(this, profile);
  }

  /** Starts a query for each of several users; they are answered in parallel. */
  public BatchQuery forUsers(Collection<UserProfile> profiles) {
    checkOpen();
    return new BatchQuery(this, List.copyOf(profiles));
  }

  /**
   * Starts a query for the items most like one.
   *
   * @throws IllegalArgumentException if there is no such item
   */
  public SimilarQuery similarTo(long itemId) {
    checkOpen();
    checkArgument(serving().has(itemId), "item %s is not in the model's catalogue", itemId);
    return new SimilarQuery(this, itemId);
  }

  /** Returns the model that answers, until another one is loaded. */
  public FusionModel model() {
    return serving.model();
  }

  @Override
  public void close() {
    closed = true;
    fallback.close();
  }

  /**
   * Returns what requests are to be answered from.
   *
   * @throws IllegalStateException if this is closed
   */
  Serving serving() {
    checkOpen();
    return serving;
  }

  /** Returns what requests were answered from last, open or not. */
  Serving current() {
    return serving;
  }

  /** Has requests observed from now on, by this one alone. */
  synchronized void observe(RequestObserver by) {
    observer = by;
    by.serving(model());
  }

  /** Has the observer told what a search takes, if there is one. */
  SearchRequest observed(SearchRequest search) {
    RequestObserver told = observer;
    boolean filtered = search.filter() != null;
    return told == null ? search : search.observing(work -> told.searched(work, filtered));
  }

  /** Answers a request and tells the observer. */
  <T> List<T> observed(RequestObserver.Kind kind, Supplier<List<T>> request) {
    RequestObserver told = observer;
    if (told == null) {
      return request.get();
    }
    long start = System.nanoTime();
    List<T> result = null;
    try {
      result = request.get();
      return result;
    } finally {
      told.answered(kind, System.nanoTime() - start, result);
    }
  }

  /**
   * Answers a request. If its vectors were removed on the way, because more than one newer model
   * has taken the model's place, it is answered anew.
   */
  <T> T answer(Function<Serving, T> request) {
    Serving current = serving();
    while (true) {
      try {
        return request.apply(current);
      } catch (IllegalStateException | StoreException e) {
        Serving newer = serving();
        if (newer.equals(current)) {
          throw e;
        }
        current = newer;
      }
    }
  }

  /** Answers a request from the store, or if that fails or takes too long, from memory. */
  <T> T answerWithin(
      Duration deadline, Function<Serving, T> request, Function<Serving, T> otherwise) {
    return fallback.answer(deadline, () -> answer(request), otherwise, serving());
  }

  /** Returns an array for the vector of a request, the thread's own until it makes the next. */
  float[] scratch(int dimension) {
    float[] vector = scratch.get();
    if (vector.length != dimension) {
      vector = new float[dimension];
      scratch.set(vector);
    }
    return vector;
  }

  /** Returns what a user has seen since training, not to be changed. */
  long[] seen(long user) {
    return seen.of(user);
  }

  private void checkOpen() {
    checkState(!closed, "this recommender is closed");
  }
}
