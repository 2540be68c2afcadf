/** Tests of the ready-made listeners, on real clients and as values. */
@NullMarked
package dev.rotor.monitoring;

import org.jspecify.annotations.NullMarked;
