package dev.rotor.driver.model.changestream;

/**
 * Which piece of an event that was too large for one document this is; {@code $changeStreamSplitLargeEvent} as the last
 * stage of the pipeline has the server split such events.
 *
 * @param fragment the number of this piece, from 1
 * @param of how many pieces there are
 */
public record SplitEvent(int fragment, int of) {}
