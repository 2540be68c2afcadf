package dev.rotor.conformance.unified.match;

/**
 * An event that a client published.
 *
 * @param kind the kind of monitor that saw it
 * @param name the name that the format has for it, for example {@code commandStartedEvent}
 * @param event the driver's event
 * @param atNanos when it was seen, as nanoseconds since the epoch
 */
public record ObservedEvent(Kind kind, String name, Object event, long atNanos) {

    /** The kinds of monitors. */
    public enum Kind {
        /** Command monitoring. */
        COMMAND("command"),
        /** Connection monitoring and pooling. */
        CMAP("cmap"),
        /** Server discovery and monitoring. */
        SDAM("sdam");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The kind that the format calls by this name. */
        public static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new RunnerException("there is no event type " + word);
        }
    }
}
