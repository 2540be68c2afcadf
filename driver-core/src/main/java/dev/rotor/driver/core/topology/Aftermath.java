package dev.rotor.driver.core.topology;

import java.util.ArrayList;
import java.util.List;

/** What a change of the topology owes others when the lock has been released, in the order of the fields. */
final class Aftermath {

    /** What pools still have to tell. */
    final List<Runnable> pools = new ArrayList<>(1);

    final List<ServerHandle> removed = new ArrayList<>(0);

    final List<ServerHandle> opened = new ArrayList<>(0);

    /** Checks to give up, and operations that have waited long enough. */
    final List<Runnable> wakes = new ArrayList<>(0);

    final List<ServerHandle> toCheck = new ArrayList<>(0);

    /** Whether operations still wait, so that every server is to be checked soon. */
    boolean checkAll;
}
