/**
 * Ready-made listeners in one line: {@link dev.rotor.monitoring.Monitoring}. Each back end has a package of its own
 * beside this one, named after it; {@link dev.rotor.monitoring.slf4j} is the log.
 */
@NullMarked
package dev.rotor.monitoring;

import org.jspecify.annotations.NullMarked;
