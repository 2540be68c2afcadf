package dev.rotor.testserver.engine;

import java.util.Set;

/** Arguments that any command takes; the front checks them. Everything else a command must know or refuse. */
public final class GenericArguments {

    private static final Set<String> NAMES = Set.of(
            "$db",
            "$readPreference",
            "$clusterTime",
            "lsid",
            "txnNumber",
            "autocommit",
            "startTransaction",
            "coordinator",
            "readConcern",
            "writeConcern",
            "maxTimeMS",
            "maxTimeMSOpOnly",
            "comment",
            "apiVersion",
            "apiStrict",
            "apiDeprecationErrors",
            "$audit",
            "$client",
            "$configServerState",
            "$replData",
            "$oplogQueryData",
            "$queryOptions",
            "rawData",
            "serialization_context",
            "help");

    private GenericArguments() {}

    /** Whether every command takes an argument of that name. */
    public static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
