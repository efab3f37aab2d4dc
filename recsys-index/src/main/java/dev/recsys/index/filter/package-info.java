/**
 * Filter expressions: Milvus's language for choosing entities by their fields. The entry type is
 * {@link dev.recsys.index.filter.Filter}, which parses or builds an expression; bound to a schema
 * it becomes a {@link dev.recsys.index.filter.BoundFilter}, which answers over {@link
 * dev.recsys.index.filter.Columns} with a bitmap of rows. {@link
 * dev.recsys.index.filter.MemoryColumns} keeps such columns in memory.
 *
 * <table>
 *   <caption>The grammar, tightest first; all operators but the prefixes group to the left</caption>
 *   <tr><th>level</th><th>operators</th></tr>
 *   <tr><td>value</td><td>{@code 7 0x1F 0b11 017 1.5e3 "a" 'a' r"a" true [1, 2] {name}},
 *     {@code field}, {@code json["k"][0]}, {@code array[0]}, {@code $meta["k"]},
 *     {@code array_length(f)}</td></tr>
 *   <tr><td>test</td><td>{@code f is null}, {@code f is not null}, {@code exists json["k"]},
 *     {@code array_contains(f, x)}, {@code array_contains_all(f, [x, y])},
 *     {@code array_contains_any(f, [x, y])}, the same with {@code json_}</td></tr>
 *   <tr><td>pattern</td><td>{@code f like "a%_"}</td></tr>
 *   <tr><td>power</td><td>{@code **}</td></tr>
 *   <tr><td>prefix</td><td>{@code + - ~ not !}</td></tr>
 *   <tr><td>product, sum, shift</td><td>{@code * / %}, then {@code + -}, then {@code << >>}</td></tr>
 *   <tr><td>membership</td><td>{@code f in [1, 2]}, {@code f not in [1, 2]}</td></tr>
 *   <tr><td>relation</td><td>{@code < <= > >=}, chained: {@code 1 < f <= 5}</td></tr>
 *   <tr><td>equality</td><td>{@code == !=}</td></tr>
 *   <tr><td>bits</td><td>{@code &}, then {@code ^}, then {@code |}</td></tr>
 *   <tr><td>logic</td><td>{@code and &&}, then {@code or ||}</td></tr>
 * </table>
 *
 * <p>Keywords are written in lower or in upper case. A comparison with null is neither true nor
 * false, and neither is its negation; an entity is found when the whole is true. The module's
 * {@code src/docs/filter.md} is the reference.
 *
 * <p>Nothing here stores entities or searches vectors, and nothing here depends on a collection.
 */
@NullMarked
package dev.recsys.index.filter;

import org.jspecify.annotations.NullMarked;
