/** A server of ready-made replies, so that what is measured is the driver and not the database. JDK only. */
@NullMarked
package dev.rotor.benchmarks.server;

import org.jspecify.annotations.NullMarked;
