package dev.rotor.driver.model;

/** What the timeout of a query spans, as the Client Side Operations Timeout specification defines it. */
public enum TimeoutMode {
    /** Everything from the first command to the last document: the default where a cursor is not tailable. */
    CURSOR_LIFETIME,
    /** Each round trip anew: the default, and all there is, for a tailable cursor. */
    ITERATION
}
