package dev.recsys.model;

import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A model of TorchScript towers, trained elsewhere.
 *
 * @param directory that they were loaded from
 * @param objective what their inner products are
 */
record ScriptedContent(
    Path directory,
    Objective objective,
    FeatureEncoder encoder,
    List<Item> items,
    ScriptedForm form,
    History history,
    TrainingSummary training)
    implements ModelContent {

  static ScriptedContent load(Path directory, Objective objective) {
    FeatureEncoder encoder =
        ModelFiles.reading(directory.resolve("vocabulary.json"), ModelFiles::encoder);
    List<Item> items =
        ModelFiles.reading(
            directory.resolve("items.json"), path -> ModelFiles.items(path, encoder));
    Path users = directory.resolve("users.pt");
    Path scripted = directory.resolve("items.pt");
    ScriptedTower userTower = new ScriptedTower(users);
    ScriptedTower itemTower = new ScriptedTower(scripted);
    ScriptedForm form =
        ModelFiles.reading(
            scripted,
            path -> new ScriptedForm(encoder, userTower, itemTower, items, sha256(users)));
    History none = History.of(encoder, Ratings.of(new long[0], new long[0], new float[0]));
    return new ScriptedContent(
        directory, objective, encoder, items, form, none, summary(directory));
  }

  private static Tensor sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      int[] digits = Checksum.of(in).chars().map(digit -> Character.digit(digit, 16)).toArray();
      return Tensor.of(digits, digits.length);
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, e);
    }
  }

  private static TrainingSummary summary(Path directory) {
    return new TrainingSummary(
        0,
        0,
        Double.NaN,
        Double.NaN,
        0,
        0,
        Split.Kind.RANDOM,
        0,
        1,
        0,
        0,
        0,
        "TorchScript in " + directory);
  }

  @Override
  public boolean plain() {
    return false;
  }

  @Override
  public Set<Objective> objectives() {
    return EnumSet.of(objective);
  }

  @Override
  public VectorSpace space(Objective wanted) {
    if (wanted != objective) {
      throw new IllegalArgumentException(
          "the towers in %s were loaded for the %s objective alone, not for %s"
              .formatted(directory, objective, wanted));
    }
    return form;
  }

  @Override
  public boolean takesRatings(Objective any) {
    return false;
  }

  @Override
  public float[] encode(Objective any, Item item) {
    return form.encode(item);
  }

  @Override
  public void save(ModelFiles files) {
    throw new UnsupportedOperationException(
        "TorchScript towers are not saved again: copy " + directory);
  }
}
