package dev.recsys.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A directory of data files and a JSON manifest that names them, with their sizes, SHA-256 and
 * CRC-32C. The former tells versions apart; the latter is what is checked when a file is read,
 * since it takes a fiftieth of the time where a JVM has just started. The manifest has a CRC-32C of
 * its own.
 *
 * <p>Data files have a part of their checksum in their name, so that a new version never writes
 * over a file of the old one. The manifest is replaced last: whatever happens before leaves the old
 * version whole, and only then are files deleted that it no longer names.
 */
final class ManifestDirectory {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int NAME_DIGITS = 8;
  private static final String SHA = "sha256";
  private static final String CRC = "crc32c";

  private final Path directory;
  private final String manifestName;
  private final String format;
  private final int version;

  /**
   * @param format name that the manifest must bear
   * @param version of the format, the only one that is read
   */
  ManifestDirectory(Path directory, String manifestName, String format, int version) {
    this.directory = directory;
    this.manifestName = manifestName;
    this.format = format;
    this.version = version;
  }

  Path directory() {
    return directory;
  }

  Path manifest() {
    return directory.resolve(manifestName);
  }

  boolean exists() {
    return Files.exists(manifest());
  }

  /**
   * Replaces manifest and data files.
   *
   * @param content of the manifest beside format, version and files
   * @param files content of each data file by its name without checksum, such as "items.json"
   */
  ManifestDirectory write(ObjectNode content, Map<String, DurableFiles.Content> files) {
    return write(content, files, files.keySet());
  }

  /**
   * Replaces manifest and data files.
   *
   * @param parts names of all data files that an earlier version may have had: of those, the ones
   *     that are not written are deleted
   */
  ManifestDirectory write(
      ObjectNode content, Map<String, DurableFiles.Content> files, Set<String> parts) {
    try {
      Files.createDirectories(directory);
      ObjectNode manifest = JsonWriting.object().put("format", format);
      manifest.put("version", version).setAll(content);
      ObjectNode entries = manifest.putObject("files");
      Set<String> names = new HashSet<>();
      for (Map.Entry<String, DurableFiles.Content> file : files.entrySet()) {
        names.add(write(file.getKey(), file.getValue(), entries));
      }
      DurableFiles.replace(manifest(), JsonWriting.content(sealed(manifest)));
      deleteAllBut(names, parts);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(
          directory + ": cannot be written: " + IoReason.of(e, directory), e);
    }
  }

  private String write(String file, DurableFiles.Content content, ObjectNode entries)
      throws IOException {
    Path beside = DurableFiles.beside(directory.resolve(file));
    try {
      MessageDigest digest = Checksum.digest();
      CRC32C crc = new CRC32C();
      DurableFiles.write(
          beside,
          out ->
              content.writeTo(new CheckedOutputStream(new DigestOutputStream(out, digest), crc)));
      String sha256 = Checksum.hex(digest);
      String name = name(file, sha256);
      entries
          .putObject(file)
          .put("name", name)
          .put("bytes", Files.size(beside))
          .put(SHA, sha256)
          .put(CRC, Checksum.hex(crc));
      DurableFiles.move(beside, directory.resolve(name));
      return name;
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static String name(String file, String sha256) {
    int dot = file.lastIndexOf('.');
    return file.substring(0, dot) + "-" + sha256.substring(0, NAME_DIGITS) + file.substring(dot);
  }

  private void deleteAllBut(Set<String> names, Set<String> files) throws IOException {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        String name = path.getFileName().toString();
        if (!name.equals(manifestName) && !names.contains(name) && isPart(name, files)) {
          Files.delete(path);
        }
      }
    }
  }

  /** Whether the name is that of the data file with some checksum. */
  private static boolean isVersion(String name, String file) {
    int dot = file.lastIndexOf('.');
    return name.matches(
        Pattern.quote(file.substring(0, dot))
            + "-[0-9a-f]{"
            + NAME_DIGITS
            + "}"
            + Pattern.quote(file.substring(dot)));
  }

  /** Whether a file of that name is, or was once to be, one of these data files or the manifest. */
  boolean isPart(String name, Set<String> files) {
    return name.equals(manifestName)
        || DurableFiles.isBeside(name, manifestName)
        || files.stream()
            .anyMatch(file -> isVersion(name, file) || DurableFiles.isBeside(name, file));
  }

  /** Deletes manifest and data files. */
  ManifestDirectory delete(Set<String> files) {
    try {
      Files.deleteIfExists(manifest());
      deleteAllBut(Set.of(), files);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(
          directory + ": cannot be deleted: " + IoReason.of(e, directory), e);
    }
  }

  /**
   * Reads the manifest and checks its format, version and checksum.
   *
   * @throws ModelFormatException when it is missing, of another format or version, or was changed
   */
  JsonNode read() {
    if (!exists()) {
      throw new ModelFormatException(directory, "a directory with " + manifestName, absence());
    }
    JsonNode manifest = Json.read(manifest());
    if (!manifest.path("format").asText().equals(format)) {
      throw new ModelFormatException(
          manifest(), "\"format\" to be \"" + format + "\"", Json.shown(manifest.path("format")));
    }
    JsonNode found = manifest.path("version");
    if (!found.isInt() || found.intValue() < 1) {
      throw new ModelFormatException(
          manifest(), "\"version\" from 1 to " + version, Json.shown(found));
    }
    if (found.intValue() != version) {
      String writer = found.intValue() > version ? "a newer recsys" : "an older recsys";
      throw new ModelFormatException(
          manifest(),
          "written by " + writer + ": expected version " + version + ", found " + found,
          (Throwable) null);
    }
    requireUnchanged(manifest);
    return manifest;
  }

  /** Compares the checksum of a manifest, which is a SHA-256 where an earlier release wrote it. */
  private void requireUnchanged(JsonNode manifest) {
    boolean crc = manifest.has(CRC);
    String expected = crc ? manifest.path(CRC).asText() : sha256(manifest, manifestName);
    ObjectNode content = manifest.deepCopy();
    content.remove(crc ? CRC : SHA);
    String actual = crc ? Json.crc32c(content) : Json.sha256(content);
    if (!actual.equals(expected)) {
      String kind = crc ? "CRC-32C " : "SHA-256 ";
      throw new ModelFormatException(
          manifest(), "content with the " + kind + expected + " that it names", actual);
    }
  }

  private String absence() {
    if (!Files.isDirectory(directory)) {
      return Files.exists(directory) ? "a file" : "no such directory";
    }
    return Files.isExecutable(directory) ? "none in it" : "access denied";
  }

  /** The manifest with the checksum of all else in it. */
  static ObjectNode sealed(ObjectNode manifest) {
    manifest.remove(CRC);
    return manifest.put(CRC, Json.crc32c(manifest));
  }

  /**
   * Finds a data file of a manifest and checks its size and checksum.
   *
   * @param file its name without checksum
   * @throws ModelFormatException when it is missing or damaged
   */
  Path verified(JsonNode manifest, String file) {
    JsonNode entry = manifest.path("files").path(file);
    String sha256 = sha256(entry, file);
    String name = entry.path("name").asText();
    if (!name.equals(name(file, sha256))) {
      throw new ModelFormatException(
          manifest(), "\"" + file + "\" to be named " + name(file, sha256), "\"" + name + "\"");
    }
    Path path = directory.resolve(name);
    try (InputStream in = Files.newInputStream(path)) {
      long bytes = Files.size(path);
      if (bytes != entry.path("bytes").asLong(-1)) {
        throw new ModelFormatException(path, Json.shown(entry.path("bytes")) + " bytes", bytes);
      }
      JsonNode crc = entry.path(CRC);
      String expected = crc.isMissingNode() ? sha256 : crc.asText();
      String found = crc.isMissingNode() ? Checksum.of(in) : Checksum.crc32c(in);
      if (!found.equals(expected)) {
        String kind = crc.isMissingNode() ? "SHA-256 " : "CRC-32C ";
        throw new ModelFormatException(path, kind + expected, found);
      }
      return path;
    } catch (IOException e) {
      throw ModelFormatException.unreadable(path, e);
    }
  }

  /** Returns the SHA-256 that a manifest names for a data file. */
  String sha256(JsonNode manifest, String part, int digits) {
    return sha256(manifest.path("files").path(part), part).substring(0, digits);
  }

  private String sha256(JsonNode entry, String file) {
    String sha256 = entry.path(SHA).asText();
    if (!HASH.matcher(sha256).matches()) {
      throw new ModelFormatException(
          manifest(), "\"" + file + "\" with a \"sha256\" of 64 digits", Json.shown(entry));
    }
    return sha256;
  }
}
