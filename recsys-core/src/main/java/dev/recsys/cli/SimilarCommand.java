package dev.recsys.cli;

import dev.recsys.Recommender;
import dev.recsys.SimilarItem;
import dev.recsys.index.VectorStore;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the items nearest to one. */
@Command(
    name = "similar",
    description = "Prints the items most like one.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  recsys similar --model model 1193 -k 10"})
final class SimilarCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ModelOption model = new ModelOption();
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private CountOption count = new CountOption();

  @Parameters(paramLabel = "MOVIE_ID", description = "The item's id.")
  private long item;

  @Option(
      names = "--where",
      defaultValue = "",
      paramLabel = "FILTER",
      description = "Only items with such attributes, in Milvus's language.")
  private String where = "";

  @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
  private Format format = Format.TEXT;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int k = count.checked();
    try (VectorStore opened = store.open();
        Recommender recommender = Recommender.of(model.load(), opened)) {
      List<SimilarItem> found = recommender.similarTo(item).where(where).topK(k);
      if (format == Format.TEXT) {
        print(out, found);
      } else {
        Json.print(out, found);
      }
    }
    return 0;
  }

  private static void print(PrintWriter out, List<SimilarItem> found) {
    TextTable table = new TextTable("Top", "Ids", "Title", "Similarity");
    int rank = 0;
    for (SimilarItem each : found) {
      String similarity = String.format(Locale.ROOT, "%.4f", each.similarity());
      table.row(++rank, each.id(), each.title(), similarity);
    }
    table.print(out);
  }
}
