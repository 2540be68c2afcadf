/**
 * What can be observed of a client: event records, and the listener interfaces that receive them. No event ever holds a
 * credential.
 *
 * <p><b>A listener that throws</b>, whatever it is, harms nobody: neither the operation, the topology or the pool, nor
 * the listeners behind it. The first throw of each listener's class at each kind of event is logged at {@code WARN}
 * with its stack trace, by the logger {@code dev.rotor.driver.listener}; those after it at {@code DEBUG}, with their
 * number.
 *
 * <p><b>A listener that blocks</b> holds up whatever its thread would have done next. That is often an event loop, with
 * all connections on it: the driver has no thread to spare for listeners, and starts none. What takes long belongs on
 * an executor of the listener's own.
 *
 * <p><b>The caller's context</b>, where a {@link dev.rotor.driver.ContextCarrier} is set, is there in command events.
 * For a listener in every client of an application see {@link dev.rotor.driver.spi.ClientCustomizer}.
 */
@NullMarked
package dev.rotor.driver.event;

import org.jspecify.annotations.NullMarked;
