/**
 * Ready-made listeners in one line: {@link dev.rotor.monitoring.Monitoring}.
 *
 * <pre>{@code
 * MongoClientSettings.Builder settings = MongoClientSettings.builder().applyConnectionString(uri);
 * MongoClient client = MongoClient.create(Monitoring.logAll(settings).build());
 * }</pre>
 *
 * <p>For all clients that are made from now on, those of libraries included, the same is said in a
 * {@link dev.rotor.driver.spi.ClientCustomizer}.
 *
 * <p>Each back end has a package of its own beside this one, named after it, and is needed only by who uses that
 * package: {@link dev.rotor.monitoring.slf4j} is the log.
 */
@NullMarked
package dev.rotor.monitoring;

import org.jspecify.annotations.NullMarked;
