package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.Measurement;
import dev.rotor.benchmarks.Mode;

/**
 * One round of one transport.
 *
 * @param transport the transport's name
 * @param mode how findOnes followed one another
 * @param number the round; those of the same number and mode were measured one right after the other
 * @param figures what it has shown
 */
record Round(String transport, Mode mode, int number, Measurement figures) {}
