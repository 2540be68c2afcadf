package dev.rotor.monitoring.slf4j;

/**
 * How much of commands and replies is written. Whatever is chosen, commands that carry credentials come without any
 * content: the driver takes that away before a listener sees it, as the Command Logging and Monitoring specification
 * demands.
 */
public enum Detail {
    /** Nothing of their content. */
    NONE,
    /**
     * Their shape: the names of fields, with a question mark for each value (and those of collections in DBPointers,
     * which nobody writes any more). A failure is told by its code and name without the server's words, which may quote
     * values.
     */
    NAMES,
    /** Everything, up to the configured length. */
    DOCUMENTS
}
