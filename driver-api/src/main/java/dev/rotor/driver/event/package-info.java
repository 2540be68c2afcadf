/**
 * What can be observed of a client: event records, and the listener interfaces that receive them. No event ever holds a
 * credential.
 */
@NullMarked
package dev.rotor.driver.event;

import org.jspecify.annotations.NullMarked;
