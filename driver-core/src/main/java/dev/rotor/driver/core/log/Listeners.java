package dev.rotor.driver.core.log;

import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;

/**
 * The user's listeners of one kind, and the one rule for all kinds: what a listener throws reaches nobody, neither the
 * operation nor the listeners behind it; of each listener's class and each kind of event, the first throw is logged.
 *
 * @param <L> the listeners' type
 */
public final class Listeners<L> {

    private final List<L> all;
    private final Logger logger;
    private final OncePerKind complained = new OncePerKind();

    private record Kind(Class<?> listener, Class<?> event) {}

    /**
     * Groups listeners.
     *
     * @param all in the order in which they hear
     * @param logger where a throw is logged
     */
    public Listeners(List<? extends L> all, Logger logger) {
        this.all = List.copyOf(all);
        this.logger = logger;
    }

    /** Whether nobody listens. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Tells everyone. */
    public <E> void tell(BiConsumer<? super L, ? super E> method, E event) {
        for (int i = 0; i < all.size(); i++) {
            L listener = all.get(i);
            try {
                method.accept(listener, event);
            } catch (Throwable e) {
                if (complained.first(new Kind(listener.getClass(), event.getClass()))) {
                    logger.warn(
                            "Listener {} has thrown on {}; further throws of this kind are not logged",
                            listener.getClass().getName(),
                            event.getClass().getSimpleName(),
                            e);
                }
            }
        }
    }
}
