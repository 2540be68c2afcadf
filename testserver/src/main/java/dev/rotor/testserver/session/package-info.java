/** Logical sessions, the records of retryable writes, and which labels an error carries. */
@NullMarked
package dev.rotor.testserver.session;

import org.jspecify.annotations.NullMarked;
