package dev.rotor.testserver.storage;

import java.time.Instant;

/**
 * One entry of the log of operations. The writes of a transaction share one time and differ in {@code index}.
 *
 * @param time its cluster time
 * @param index its place among the entries of that time
 * @param wallTime when it was written
 * @param draft what happened
 */
public record LogEntry(long time, int index, Instant wallTime, LogDraft draft) {}
