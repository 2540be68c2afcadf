package dev.rotor.benchmarks.transport;

import java.util.List;

/**
 * What a person wants to know of a transport besides its figures.
 *
 * @param name its name
 * @param platforms where it runs
 * @param artifact what to add
 * @param when when to choose it
 */
record Fact(String name, String platforms, String artifact, String when) {

    /** All transports of the project, in the order of the table. */
    static final List<Fact> ALL = List.of(
            new Fact(
                    "nio",
                    "Linux, macOS and whatever else the JDK runs on",
                    "`rotor-transport-nio`",
                    "anywhere: it needs nothing but the JDK"),
            new Fact(
                    "epoll",
                    "Linux, x86-64 and aarch64",
                    "`rotor-transport-netty-epoll`",
                    "Linux servers; with an application on Netty's epoll loops, which it can share"),
            new Fact(
                    "io_uring",
                    "Linux 5.14 or newer, x86-64 and aarch64",
                    "`rotor-transport-iouring`",
                    "many operations at a time on a new kernel, by name only; with an application on Netty's io_uring loops"),
            new Fact(
                    "netty",
                    "as `nio`",
                    "`rotor-transport-netty`",
                    "with an application on Netty's NIO loops, which it can share"),
            new Fact(
                    "kqueue",
                    "macOS, x86-64 and aarch64",
                    "`rotor-transport-netty`",
                    "with an application on Netty's kqueue loops, which it can share"));
}
