package dev.recsys.cli;

import dev.recsys.BatchQuery;
import dev.recsys.Recommendation;
import dev.recsys.Recommender;
import dev.recsys.UserQuery;
import dev.recsys.data.Rating;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.model.FusionModel;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the best items for one user, or for many. */
@Command(
    name = "recommend",
    description = "Prints the items that suit a user best.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  recsys recommend --model model -a 25 -g F -j 10",
      "  recsys recommend --model model -u 42 -k 10 --exclude-seen",
      "  recsys recommend --model model -i --store embedded:vectors -a 34 -g M -j lawyer",
      "  recsys recommend --model model --rated 1193:5,661:3 --exclude-seen",
      "  recsys recommend --model model -u 42 --where \"array_contains(genres, 'Comedy')\"",
      "  recsys recommend --model model -u 42 -k 3 --explain",
      "  recsys recommend --model model --users all -k 10 --exclude-seen --format jsonl"
    })
final class RecommendCommand implements Callable<Integer> {
  private static final int CHUNK = 512;

  /** How the answer is printed. */
  enum Output {
    TEXT,
    JSON,
    JSONL
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ModelOption model = new ModelOption();
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private IndexOption index = new IndexOption();
  @Mixin private ProfileOptions who = new ProfileOptions();
  @Mixin private CountOption count = new CountOption();

  @Option(
      names = {"-i", "--index-first"},
      description = "Load the item vectors into the store anew first.")
  private boolean reload;

  @Option(
      names = "--users",
      paramLabel = "all|FILE",
      description = "Answer for every user of the model, or for the ids in a file, one a line.")
  private @Nullable String users;

  @Option(
      names = "--rated",
      split = ",",
      paramLabel = "ID:STARS",
      converter = RatingConverter.class,
      description = "What the user has rated since: movies and stars, such as 1193:5,661:3.")
  private List<Rating> rated = new ArrayList<>();

  @Option(
      names = "--exclude-seen",
      description = "Leave out what the user had rated when the model was trained, and --rated.")
  private boolean excludeSeen;

  @Option(
      names = "--where",
      defaultValue = "",
      paramLabel = "FILTER",
      description = "Only items with such attributes, in Milvus's language.")
  private String where = "";

  @Option(
      names = "--diversify",
      defaultValue = "0",
      paramLabel = "SHARE",
      description = "How much variety counts, from 0 to 1 (default: 0); 0.3 is a good deal.")
  private double diversity;

  @Option(
      names = "--explain",
      description = "Tell what carried each score: everybody's taste, attributes, ratings.")
  private boolean explain;

  @Option(
      names = "--format",
      description = "text or json for one user, jsonl for several (default: text or jsonl).")
  private @Nullable Output format;

  @Override
  public Integer call() {
    if ((who.isEmpty() && rated.isEmpty()) == (users == null)) {
      throw new ParameterException(
          spec.commandLine(),
          "name one user (-u, -a, -g, -j, --set, --rated) or several (--users)");
    }
    checkOptions();
    int k = count.checked();
    FusionModel loaded = model.load();
    try (VectorStore opened = store.open()) {
      if (reload) {
        Recommender.load(loaded, opened, index.params());
      }
      try (Recommender recommender = Recommender.of(loaded, opened, index.params())) {
        if (users == null) {
          answer(recommender, who.profile(), k);
        } else {
          answerAll(recommender, UserIds.read(users, loaded), k);
        }
      }
    }
    return 0;
  }

  private void checkOptions() {
    if (explain && users != null) {
      throw new ParameterException(spec.commandLine(), "--explain is for one user");
    }
    if (format != null && (format == Output.JSONL) != (users != null)) {
      throw new ParameterException(
          spec.commandLine(), "--format is text or json for one user, jsonl for several (--users)");
    }
  }

  private void answer(Recommender recommender, UserProfile profile, int k) {
    if (profile.id().isPresent()
        && recommender.model().encoder().userRow(profile.id().getAsLong()) == 0) {
      spec.commandLine()
          .getErr()
          .println(
              "user " + profile.id().getAsLong() + " is unknown: served from attributes alone");
    }
    UserQuery query = recommender.forUser(profile).where(where).diversify(diversity);
    query = rated.isEmpty() ? query : query.withHistory(rated.toArray(Rating[]::new));
    query = explain ? query.explain() : query;
    List<Recommendation> found = (excludeSeen ? query.excludeSeen() : query).topK(k);
    PrintWriter out = spec.commandLine().getOut();
    if (format == Output.JSON) {
      Json.print(out, RecommendationTable.json(found));
    } else {
      RecommendationTable.print(out, found);
      if (explain) {
        RecommendationTable.printReasons(out, found);
      }
    }
  }

  private void answerAll(Recommender recommender, long[] ids, int k) {
    PrintWriter out = spec.commandLine().getOut();
    for (int from = 0; from < ids.length && !out.checkError(); from += CHUNK) {
      List<UserProfile> chunk = UserIds.profiles(ids, from, Math.min(ids.length, from + CHUNK));
      BatchQuery query = recommender.forUsers(chunk).where(where).diversify(diversity);
      List<List<Recommendation>> found = (excludeSeen ? query.excludeSeen() : query).topK(k);
      for (int i = 0; i < found.size(); i++) {
        Json.printLine(out, line(ids[from + i], found.get(i)));
      }
    }
  }

  private static Map<String, Object> line(long user, List<Recommendation> found) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("user", user);
    line.put("items", found.stream().map(Recommendation::id).toList());
    line.put("scores", found.stream().map(Recommendation::score).toList());
    return line;
  }
}
