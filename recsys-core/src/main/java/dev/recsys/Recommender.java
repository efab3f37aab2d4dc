package dev.recsys;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import dev.recsys.features.UserProfile;
import dev.recsys.index.Hit;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import dev.recsys.model.FusionModel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

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

  private final FusionModel model;
  private final VectorCollection items;
  private volatile boolean closed;

  private Recommender(FusionModel model, VectorCollection items) {
    this.model = model;
    this.items = items;
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
    return new Recommender(model, new ItemCollection(model, store, index).ensureLoaded());
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
    ItemCollection collection = new ItemCollection(model, store, index);
    long count = collection.reload().count();
    collection.dropOthers();
    return count;
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
   * @throws IllegalArgumentException if the model has no such item
   */
  public SimilarQuery similarTo(long itemId) {
    checkOpen();
    checkArgument(model.hasItem(itemId), "item %s is not in the model's catalogue", itemId);
    return new SimilarQuery(this, itemId);
  }

  /** Returns the model that answers. */
  public FusionModel model() {
    return model;
  }

  @Override
  public void close() {
    closed = true;
  }

  List<Hit> search(float[] vector, int k, UnaryOperator<SearchRequest> settings, long[] excluded) {
    checkOpen();
    checkArgument(k >= 1 && k <= MAX_RESULTS, "k must be in [1, %s], got %s", MAX_RESULTS, k);
    SearchRequest request = SearchRequest.nearest(vector).limit(k).excluding(excluded);
    return items.search(settings.apply(request));
  }

  private void checkOpen() {
    checkState(!closed, "this recommender is closed");
  }
}
