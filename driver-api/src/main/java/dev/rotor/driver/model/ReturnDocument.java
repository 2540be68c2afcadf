package dev.rotor.driver.model;

/** Which state of a document a find-and-modify operation returns. */
public enum ReturnDocument {
    /** As it was before the change; nothing when an upsert inserted it. */
    BEFORE,
    /** As it is after the change. */
    AFTER
}
