package dev.recsys.cli;

import dev.recsys.features.UserProfile;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who to recommend to: a known user, described attributes, or both. */
final class ProfileOptions {
  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "A user's id; one the model does not know is served from the attributes.")
  private @Nullable Long user;

  @Option(
      names = {"-a", "--age"},
      paramLabel = "AGE",
      description = "Age in years.")
  private @Nullable Integer age;

  @Option(
      names = {"-g", "--gender"},
      paramLabel = "GENDER",
      description = "F or M.")
  private @Nullable String gender;

  @Option(
      names = {"-j", "--job", "--occupation"},
      paramLabel = "JOB",
      description = "Occupation, 0 to 20 or its name.")
  private @Nullable String job;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Any other user attribute of the model's schema; may be repeated.")
  private Map<String, String> attributes = new LinkedHashMap<>();

  boolean isEmpty() {
    return user == null && age == null && gender == null && job == null && attributes.isEmpty();
  }

  UserProfile profile() {
    UserProfile.Builder profile = UserProfile.builder();
    if (user != null) {
      profile.id(user);
    }
    set(profile, "age", age);
    set(profile, "gender", gender);
    set(profile, "occupation", job);
    attributes.forEach(
        (name, value) -> {
          if (profile.build().get(name) != null) {
            throw new IllegalArgumentException("--set " + name + ": is given twice");
          }
          set(profile, name, value);
        });
    return profile.build();
  }

  private static void set(UserProfile.Builder profile, String name, @Nullable Object value) {
    if (value != null) {
      profile.set(name, value);
    }
  }
}
