package dev.rotor.driver.core.log;

import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;

/**
 * The user's listeners of one kind, and the one rule for all kinds: what a listener throws reaches nobody, neither the
 * operation nor the listeners behind it; of each listener's class and each kind of event, the first throw is logged.
 *
 * <p>That holds for errors too, those of the virtual machine included: a listener whose recursion has no end, or that
 * wants more memory than there is, must not take a connection or a pool with it that others use.
 *
 * @param <L> the listeners' type
 */
public final class Listeners<L> {

    private final List<L> all;
    private final OncePerKind broken;

    private record Kind(Class<?> listener, Class<?> event) {}

    /**
     * Groups listeners.
     *
     * @param all in the order in which they hear
     * @param logger where a throw is logged
     */
    public Listeners(List<? extends L> all, Logger logger) {
        this.all = List.copyOf(all);
        this.broken = new OncePerKind(logger);
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
                broken.tell(
                        new Kind(listener.getClass(), event.getClass()),
                        "Listener {} has thrown on {}",
                        listener.getClass().getName(),
                        event.getClass().getSimpleName(),
                        e);
            }
        }
    }
}
