package dev.rotor.testserver.storage;

import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/** What a record was from a time on; {@code document} is null once it is deleted. Documents here are never changed. */
record Version(long time, @Nullable Document document, @Nullable Version older) {}
