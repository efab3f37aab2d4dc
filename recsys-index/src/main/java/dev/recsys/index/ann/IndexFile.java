package dev.recsys.index.ann;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of named sections, opened for reading and checked. Little-endian:
 *
 * <pre>
 * 0    magic "RECSYSIX", 8 bytes
 * 8    version of the container, int
 * 12   kind of index, int
 * 16   length of the file, long
 * 24   number of sections, int
 * 28   CRC32C of the first page with this field as zero, int
 * 32   for each section: name (8 bytes), offset (long), length (long), CRC32C (int), zero (int)
 * 4096 the sections, in their order, each at a multiple of 64
 * </pre>
 */
final class IndexFile {
  static final byte[] MAGIC = "RECSYSIX".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 5;
  static final int PAGE = 4096;
  static final int TABLE = 32;
  static final int ENTRY = 32;
  static final int MAX_SECTIONS = (PAGE - TABLE) / ENTRY;
  private static final int KIND_AT = 12;
  static final int CHECKSUM_AT = 28;
  static final int ALIGNMENT = 64;

  /** Sections are checked in parts of this many bytes. */
  private static final int PART = 1 << 26;

  /** Up to so many bytes, a file is read: to map it takes longer where a JVM has just started. */
  private static final int MOST_READ = 1 << 22;

  private final Path path;
  private final FileChannel channel;

  /** All of a file that is not mapped. */
  private @Nullable ByteBuffer whole;

  private final Map<String, Section> sections = new LinkedHashMap<>();

  private record Section(long offset, long length, int checksum) {}

  /** What takes over the content of a section. */
  interface Content {
    void read(SectionReader in) throws IOException;
  }

  /** What reads the sections of a file. */
  interface Reader<T> {
    T read(IndexFile file) throws IOException;
  }

  private IndexFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Checks a file and has its sections read.
   *
   * @param kind the kind of index that must be in it
   * @throws IndexFileException if anything is wrong with the file
   */
  static <T> T read(Path path, int kind, Reader<T> reader) {
    return read(path, kind, Set.of(), reader);
  }

  /**
   * Checks a file but for the content of some sections, and has its sections read.
   *
   * @param unchecked the names of sections whose checksums are not compared
   */
  static <T> T read(Path path, int kind, Set<String> unchecked, Reader<T> reader) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      IndexFile file = new IndexFile(path, channel);
      file.readTable(kind, unchecked);
      return reader.read(file);
    } catch (NoSuchFileException e) {
      throw new IndexFileException(path, "there is no such file", e);
    } catch (IOException e) {
      throw new IndexFileException(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the kind of index that a file says it holds, which whoever reads it compares; 0 if it
   * is too short to say.
   *
   * @throws IndexFileException if it cannot be read
   */
  static int kind(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer start =
          ByteBuffer.allocate(KIND_AT + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      fill(channel, start);
      return start.remaining() == start.capacity() ? start.getInt(KIND_AT) : 0;
    } catch (IOException e) {
      throw new IndexFileException(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads from the start of the file until a buffer is full or the file at its end. */
  private static void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) >= 0) {}
    buffer.flip();
  }

  private void readTable(int kind, Set<String> unchecked) throws IOException {
    long size = channel.size();
    check(size >= PAGE, "truncated: %d bytes, at least %d expected", size, PAGE);
    ByteBuffer page = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    fill(channel, page);
    check(page.remaining() == PAGE, "truncated within its first page");
    if (size <= MOST_READ) {
      ByteBuffer all = ByteBuffer.allocateDirect((int) size);
      fill(channel, all);
      check(all.remaining() == size, "truncated while it was read");
      whole = all.asReadOnlyBuffer();
    }
    byte[] magic = new byte[MAGIC.length];
    page.get(magic);
    check(Arrays.equals(magic, MAGIC), "not an index file: it begins with other bytes");
    int version = page.getInt();
    check(version == VERSION, "has format version %d; this release reads %d", version, VERSION);
    int found = page.getInt();
    long length = page.getLong();
    int count = page.getInt();
    int checksum = page.getInt();
    page.putInt(CHECKSUM_AT, 0);
    check(checksum(page.duplicate().position(0)) == checksum, "damaged: checksum of the header");
    check(found == kind, "holds an index of kind %d, expected %d", found, kind);
    check(length == size, "truncated or extended: %d bytes, %d expected", size, length);
    check(count >= 0 && count <= MAX_SECTIONS, "damaged: %d sections", count);
    long end = PAGE;
    for (int i = 0; i < count; i++) {
      end = readEntry(page, end, unchecked);
    }
    check(end == size, "damaged: its sections end at %d of %d bytes", end, size);
  }

  private long readEntry(ByteBuffer page, long from, Set<String> unchecked) throws IOException {
    byte[] name = new byte[8];
    page.get(name);
    String text = new String(name, StandardCharsets.US_ASCII).trim();
    long offset = page.getLong();
    long length = page.getLong();
    int checksum = page.getInt();
    page.getInt();
    check(
        offset == aligned(from) && length >= 0 && length <= channel.size() - offset,
        "damaged: section %s claims %d bytes at %d",
        text,
        length,
        offset);
    if (!unchecked.contains(text)) {
      check(checksum(offset, length) == checksum, "damaged: checksum of section %s", text);
    }
    sections.put(text, new Section(offset, length, checksum));
    return offset + length;
  }

  private int checksum(long offset, long length) throws IOException {
    CRC32C crc = new CRC32C();
    for (long at = 0; at < length; at += PART) {
      crc.update(map(offset + at, Math.min(PART, length - at)));
    }
    return (int) crc.getValue();
  }

  static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private ByteBuffer map(long offset, long length) throws IOException {
    ByteBuffer part =
        whole == null
            ? channel.map(FileChannel.MapMode.READ_ONLY, offset, length)
            : whole.slice((int) offset, (int) length);
    return part.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Maps a whole section, which must be of that length. */
  ByteBuffer section(String name, long length) throws IOException {
    return section(name, length, 0, length);
  }

  /** Maps a part of a section, which must be of that length as a whole. */
  ByteBuffer section(String name, long length, long from, long bytes) throws IOException {
    return map(find(name, length).offset() + from, bytes);
  }

  private Section find(String name, long length) {
    Section section = sections.get(name);
    if (section == null || section.length() != length) {
      long found = section == null ? -1 : section.length();
      throw refused("damaged: section %s has %d bytes, %d expected", name, found, length);
    }
    return section;
  }

  /** Refuses the file unless a section is of that length. */
  void expect(String name, long length) {
    find(name, length);
  }

  /** Reads a section, which must be of that length as a whole, and compares its checksum. */
  void read(String name, long length, Content content) throws IOException {
    Section section = find(name, length);
    SectionReader in = new SectionReader(channel, section.offset(), length);
    content.read(in);
    check(in.checksum() == section.checksum(), "damaged: checksum of section %s", name);
  }

  /** Refuses the file unless a condition holds. */
  void check(boolean holds, String reason, Object... values) {
    if (!holds) {
      throw refused(reason, values);
    }
  }

  private IndexFileException refused(String reason, Object... values) {
    return new IndexFileException(path, String.format(Locale.ROOT, reason, values), null);
  }
}
