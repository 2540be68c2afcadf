package dev.rotor.gridfs.interop;

import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The names of the commands that were sent since the last {@code clear}. */
final class Sent implements CommandListener {

    private final List<String> names = new CopyOnWriteArrayList<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        names.add(event.commandName());
    }

    List<String> names() {
        return List.copyOf(names);
    }

    void clear() {
        names.clear();
    }
}
