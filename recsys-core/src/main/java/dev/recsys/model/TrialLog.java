package dev.recsys.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The measurements that were made, in a file that is replaced with each. For one thread. */
final class TrialLog {
  private static final String FILE = "trials.json";

  private final Path file;
  private final String key;
  private final List<Tuner.Trial> trials;

  private TrialLog(Path file, String key, List<Tuner.Trial> trials) {
    this.file = file;
    this.key = key;
    this.trials = new ArrayList<>(trials);
  }

  static TrialLog open(Path directory, String key) {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return new TrialLog(file, key, List.of());
    }
    Log log = Json.convert(file, "log", Json.read(file), Log::of);
    if (!log.search().equals(key)) {
      throw new IllegalArgumentException(
          file + " is of another search (" + log.search() + "), not of this one (" + key + ")");
    }
    return new TrialLog(file, key, log.trials());
  }

  Tuner.@Nullable Trial find(int number, int rung) {
    return trials.stream()
        .filter(trial -> trial.number() == number && trial.rung() == rung)
        .findFirst()
        .orElse(null);
  }

  void add(Tuner.Trial trial) throws IOException {
    trials.add(trial);
    ObjectNode content = JsonWriting.object();
    content.set("log", JsonWriting.tree(new Log(key, trials)));
    DurableFiles.replace(file, JsonWriting.content(content));
  }

  /** What the file holds. */
  record Log(String search, List<Tuner.Trial> trials) {
    static Log of(JsonRecord in) {
      return new Log(in.text("search"), in.records("trials", Log::trial));
    }

    private static Tuner.Trial trial(JsonRecord in) {
      return new Tuner.Trial(
          in.int32("number"),
          in.int32("rung"),
          in.number("share"),
          in.number("measure"),
          in.number("seconds"),
          in.text("settings"));
    }
  }
}
