package dev.recsys.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Tells data sets apart by their content; when ratings were given is no part of it. */
final class Fingerprint {
  private static final int ROW_BYTES = 2 * Long.BYTES + Float.BYTES;
  private static final int ROWS = 4096;

  private final MessageDigest digest = sha256();

  private Fingerprint() {}

  static String of(Dataset data) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(data.schema().toString());
    data.users().forEach(user -> fingerprint.add(user.id().orElse(0), user.values()));
    data.items().forEach(item -> fingerprint.add(item.id(), item.values()));
    fingerprint.add(data.ratings());
    return HexFormat.of().formatHex(fingerprint.digest.digest(), 0, 8);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private void add(long id, Map<String, Object> values) {
    add(id + new TreeMap<>(values).toString());
  }

  private void add(Ratings ratings) {
    ByteBuffer buffer = ByteBuffer.allocate(ROWS * ROW_BYTES);
    for (int i = 0; i < ratings.size(); i++) {
      buffer.putLong(ratings.user(i)).putLong(ratings.item(i)).putFloat(ratings.stars(i));
      if (!buffer.hasRemaining()) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    digest.update(buffer.flip());
  }
}
