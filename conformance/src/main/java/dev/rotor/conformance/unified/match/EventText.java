package dev.rotor.conformance.unified.match;

import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.ConnectionClosedEvent;
import dev.rotor.driver.event.ServerDescriptionChangedEvent;
import java.util.List;
import java.util.stream.Collectors;

/** Events for the message of a failure: what helps to see why they are not those expected. */
public final class EventText {

    private EventText() {}

    /** The events in order. */
    public static String of(List<ObservedEvent> events) {
        return events.isEmpty()
                ? "nothing"
                : events.stream().map(EventText::of).collect(Collectors.joining(", ", "[", "]"));
    }

    static String of(ObservedEvent observed) {
        Object event = observed.event();
        if (event instanceof CommandStartedEvent started) {
            return "started " + Matcher.text(started.command());
        }
        if (event instanceof CommandSucceededEvent succeeded) {
            return "succeeded " + succeeded.commandName();
        }
        if (event instanceof CommandFailedEvent failed) {
            return "failed " + failed.commandName() + " (" + failed.failure().getMessage() + ")";
        }
        if (event instanceof ConnectionClosedEvent closed) {
            return observed.name() + " (" + closed.reason().specificationName() + ")";
        }
        if (event instanceof ServerDescriptionChangedEvent changed) {
            return observed.name() + " (" + changed.address() + ": "
                    + changed.previousDescription().type() + " to "
                    + changed.newDescription().type() + ")";
        }
        return observed.name();
    }
}
