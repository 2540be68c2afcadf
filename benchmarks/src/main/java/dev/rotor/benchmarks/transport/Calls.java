package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.Mode;

/**
 * How often a transport makes a system call.
 *
 * @param transport the transport's name
 * @param mode how findOnes followed one another
 * @param name the system call
 * @param perFindOne how often, per findOne
 */
record Calls(String transport, Mode mode, String name, double perFindOne) {}
