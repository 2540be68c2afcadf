/**
 * Records with their versions, unique indexes, the event log and the cluster clock: what everything else reads and
 * writes.
 */
@NullMarked
package dev.rotor.testserver.storage;

import org.jspecify.annotations.NullMarked;
