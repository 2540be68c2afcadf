package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;

/** What a command does. */
@FunctionalInterface
interface Command {
    Document run(Call call);
}
