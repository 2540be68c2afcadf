package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.cursor.ListSource;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import java.util.List;

/** Commands of a cluster. All data are in one place here: sharding a collection only says so. */
final class Sharding {
    static final Arguments SHARD = Arguments.of(
            "shardCollection", "key", "unique", "numInitialChunks", "collation", "timeseries", "presplitHashedZones");
    static final Arguments ENABLE = Arguments.of("enableSharding", "primaryShard");
    static final Arguments CHECK = Arguments.of("checkMetadataConsistency", "cursor", "checkIndexes");

    private Sharding() {}

    private static void requireRouter(Call call) {
        if (!call.request().server().deployment().isSharded()) {
            throw CommandError.commandNotFound(call.request().name());
        }
    }

    static Document shard(Call call) {
        requireRouter(call);
        if (!(call.command().get("shardCollection") instanceof String name)) {
            throw new CommandError(ErrorCode.TYPE_MISMATCH, "shardCollection must name a namespace");
        }
        Namespace namespace = Namespace.parse(name);
        if (!(call.command().get("key") instanceof Document key) || key.isEmpty()) {
            throw new CommandError(40414, "BSON field 'shardCollection.key' is missing but a required field");
        }
        StoredCollection collection = Targets.created(call, namespace);
        call.store().sharded(collection, key.cloneDeeply(), call.flag("unique"));
        return new Document("collectionsharded", name);
    }

    static Document enable(Call call) {
        requireRouter(call);
        return new Document();
    }

    static Document check(Call call) {
        requireRouter(call);
        Namespace namespace = new Namespace(call.request().database(), "$cmd.aggregate");
        return call.cursors().first(call.request(), namespace, new ListSource(List.of(), true), 101, false, null);
    }
}
