/**
 * Rotor, an asynchronous MongoDB driver for the JVM: what applications compile against.
 *
 * <p>Start with {@code MongoClient}. Everything here is an interface, an immutable value or an exception; the
 * implementation lives in {@code rotor-driver-core} and is found when a client is created.
 */
@NullMarked
package dev.rotor.driver;

import org.jspecify.annotations.NullMarked;
