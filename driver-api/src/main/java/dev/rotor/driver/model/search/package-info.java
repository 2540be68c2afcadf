/**
 * What {@code $search}, {@code $searchMeta} and {@code $vectorSearch} are built with.
 *
 * <p>Every value is immutable: a method that sets something returns a changed copy. An argument that is {@code null} is
 * refused by a {@link java.lang.NullPointerException} that names it.
 *
 * @see <a href="https://www.mongodb.com/docs/atlas/atlas-search/">Search</a>
 */
@NullMarked
package dev.rotor.driver.model.search;

import org.jspecify.annotations.NullMarked;
