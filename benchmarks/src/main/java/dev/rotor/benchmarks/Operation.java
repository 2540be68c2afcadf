package dev.rotor.benchmarks;

/** What a driver is asked to do. */
public enum Operation {
    /** The ping command, run on the admin database. */
    PING,
    /** A find by {@code _id}, of which the first document is taken and decoded to a {@code Document}. */
    FIND_ONE,
    /** An insert of one {@code Document} of ten fields that has an {@code _id} already. */
    INSERT_ONE
}
