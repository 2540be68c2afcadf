/** Fail points: what {@code configureFailPoint} sets, per process, as the server evaluates it. */
@NullMarked
package dev.rotor.testserver.failpoint;

import org.jspecify.annotations.NullMarked;
