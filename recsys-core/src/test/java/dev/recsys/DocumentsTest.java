package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.data.Shop;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java snippets of the README and of the documents compile and run as they stand. */
class DocumentsTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path DOCUMENTS = Path.of("src", "docs");
  private static final Set<String> WITHOUT_SNIPPETS =
      Set.of("architecture.md", "formats.md", "measured.md", "own-towers.md", "sizing.md");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.list(DOCUMENTS)) {
      Stream<Path> pages = files.filter(file -> file.toString().endsWith(".md")).sorted();
      return Stream.concat(Stream.of(README), pages).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void snippetsCompileAndRun(Path document, @TempDir Path directory) throws Exception {
    Files.createDirectories(directory.resolve("classes"));
    Shop.write(Files.createDirectories(directory.resolve("shop")), 1);
    SampleModel.model().save(directory.resolve("model"));
    List<String> snippets = snippets(document);
    assertThat(snippets.isEmpty()).isEqualTo(WITHOUT_SNIPPETS.contains(name(document)));
    for (int i = 0; i < snippets.size(); i++) {
      run(directory, "Snippet" + i, snippets.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadToFiles(Path document) throws Exception {
    Matcher link = LINK.matcher(Files.readString(document));
    while (link.find()) {
      assertThat(document.resolveSibling(link.group(1)).normalize()).exists();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static List<String> snippets(Path document) throws IOException {
    Matcher matcher = SNIPPET.matcher(Files.readString(document));
    List<String> snippets = new ArrayList<>();
    while (matcher.find()) {
      snippets.add(matcher.group(1));
    }
    return snippets;
  }

  private static void run(Path directory, String name, String snippet) throws Exception {
    Path source = directory.resolve(name + ".java");
    Files.writeString(source, wrap(name, place(directory, snippet)));
    StringWriter errors = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("-d", directory.resolve("classes").toString(), "-proc:none");
      var task =
          compiler.getTask(
              errors, files, null, options, null, files.getJavaFileObjects(source.toFile()));
      assertThat(task.call()).as(errors.toString()).isTrue();
    }
    URL[] classes = {directory.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(classes, DocumentsTest.class.getClassLoader())) {
      Method main = loader.loadClass(name).getMethod("run");
      main.invoke(null);
    }
  }

  /** Puts the paths of this test's data and directory in place of the documents'. */
  private static String place(Path directory, String snippet) {
    return snippet
        .replace("Path.of(\"ml-1m\")", path(SampleModel.data()))
        .replace("Path.of(\"model\")", path(directory.resolve("model")))
        .replace("Path.of(\"shop\")", path(directory.resolve("shop")))
        .replace("Path.of(\"vectors\")", path(directory.resolve("vectors")))
        .replace("Path.of(\"durable\")", path(directory.resolve("durable")))
        .replace(".epochs(10)", ".epochs(1)");
  }

  private static String path(Path path) {
    return "Path.of(\"" + path.toString().replace("\\", "\\\\") + "\")";
  }

  private static String wrap(String name, String snippet) {
    StringBuilder imports = new StringBuilder();
    StringBuilder body = new StringBuilder();
    snippet
        .lines()
        .forEach(line -> (line.startsWith("import ") ? imports : body).append(line).append('\n'));
    return imports
        + "public class "
        + name
        + " { public static void run() throws Exception {\n"
        + body
        + "}}\n";
  }
}
