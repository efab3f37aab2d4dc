package dev.recsys.index.milvus;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The address of a server: {@code http[s]://host[:port]}. */
final class ServerUri {
  private ServerUri() {}

  /** Returns the address if it is one; without that check the SDK fails with a null pointer. */
  static String check(String uri) {
    try {
      URI parsed = new URI(uri);
      String scheme = String.valueOf(parsed.getScheme()).toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https")) && parsed.getHost() != null) {
        return uri;
      }
      throw refused(uri, null);
    } catch (URISyntaxException e) {
      throw refused(uri, e);
    }
  }

  private static IllegalArgumentException refused(String uri, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "uri: must be like http://localhost:19530, received " + uri, cause);
  }
}
