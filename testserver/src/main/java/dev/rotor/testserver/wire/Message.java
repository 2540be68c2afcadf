package dev.rotor.testserver.wire;

/** A message of a client. */
public sealed interface Message permits OpMsg, OpQuery {

    /** The id the reply refers to. */
    int requestId();

    /** How it was compressed. */
    Packing packing();
}
