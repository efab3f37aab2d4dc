package dev.recsys.cli;

import dev.recsys.Recommender;
import dev.recsys.index.VectorStore;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Loads a model's item vectors into a store. */
@Command(
    name = "index",
    description = "Loads a model's item vectors into a store, replacing another model's.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  recsys index --model model --store embedded:vectors"})
final class IndexCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ModelOption model = new ModelOption();
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private IndexOption index = new IndexOption();

  @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
  private Format format = Format.TEXT;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    long count;
    try (VectorStore opened = store.open()) {
      count = Recommender.load(model.load(), opened, index.params());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (format == Format.TEXT) {
      String note = store.isMemory() ? ", which ends with this command" : "";
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%,d item vectors loaded into %s%s in %.1f s%n",
              count,
              store,
              note,
              seconds);
    } else {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("items", count);
      result.put("store", store.toString());
      result.put("seconds", seconds);
      Json.print(spec.commandLine().getOut(), result);
    }
    return 0;
  }
}
