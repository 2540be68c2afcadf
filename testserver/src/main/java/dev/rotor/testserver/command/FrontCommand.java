package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;

/** A command that the front answers by itself, without the engine. */
@FunctionalInterface
interface FrontCommand {

    /** The reply, without {@code ok}. */
    Document run(Invocation invocation);
}
