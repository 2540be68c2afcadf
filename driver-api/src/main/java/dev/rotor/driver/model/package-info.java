/**
 * What operations are told, given and give back: options, write models, results, and the builders of filters, updates
 * and pipelines.
 *
 * <p>Options are immutable records. Begin with {@code DEFAULT}, or with {@code create} where something is required, and
 * call the method that has an option's name: it returns a copy.
 *
 * <pre>{@code
 * people.updateOne(eq("name", "Ada"), set("born", 1815), UpdateOptions.DEFAULT.upsert(true));
 * }</pre>
 *
 * <p>The method without a parameter reads the option. An option that is {@code null} is not sent, which leaves the
 * matter to the server. The constructors list every option and grow with the specifications: use the copies. Options
 * are equal when all they hold is equal; {@code toString} shows only what was given.
 *
 * <p>What a builder such as {@link Filters} returns is immutable, is equal to another one that says the same, and
 * prints as the JSON that it stands for. User values inside are kept as they are and encoded when the operation is
 * sent, by the codec registry of the collection. An argument that the server could only refuse is refused at once, by
 * an {@link IllegalArgumentException} that names it.
 */
@NullMarked
package dev.rotor.driver.model;

import org.jspecify.annotations.NullMarked;
