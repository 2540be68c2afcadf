package dev.rotor.driver.core.log;

import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Tells of the failures of what users bring along, such as listeners: the first of each kind at WARN with its stack
 * trace, those after it at DEBUG with their number, so that a broken listener does not flood the log. Never throws:
 * even a log that is broken harms nobody.
 */
public final class OncePerKind {

    private final Logger logger;
    private final ConcurrentHashMap<Object, Long> counts = new ConcurrentHashMap<>();

    /**
     * Nothing has been told yet.
     *
     * @param logger where it is told
     */
    public OncePerKind(Logger logger) {
        this.logger = logger;
    }

    /**
     * Tells of a failure.
     *
     * @param kind what distinguishes it from others; equal for failures of the same kind
     * @param words with a place for each of the two that follow
     * @param who whose failure it is
     * @param what at which occasion
     * @param failure what was thrown
     */
    public void tell(Object kind, String words, Object who, Object what, Throwable failure) {
        try {
            long count = counts.merge(kind, 1L, Long::sum);
            if (count == 1) {
                logger.warn(words + "; further failures of this kind are told at DEBUG", who, what, failure);
            } else if (logger.isDebugEnabled()) {
                logger.debug(
                        words + ", {} times so far: {}",
                        who,
                        what,
                        count,
                        failure.getClass().getName());
            }
        } catch (Throwable e) {
            // There is no place left to tell it.
        }
    }
}
