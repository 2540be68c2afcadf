package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.CaseContext;

/**
 * One operation of one type of entity.
 *
 * @param <E> the type of the entity
 */
@FunctionalInterface
interface Handler<E> {

    /** What is left to do once all arguments have been read, and none was left over. */
    @FunctionalInterface
    interface Action {
        /** Does it; throws what the driver fails with. */
        Result run() throws Exception;
    }

    /** Reads the arguments, all of them, and does nothing else yet. */
    Action prepare(E entity, Arguments arguments, CaseContext context) throws Exception;
}
