package dev.rotor.testserver.operations;

import dev.rotor.testserver.engine.ServerVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All commands by name, each with its arguments and since when there is such a command. */
final class CommandTable {
    private static final ServerVersion ALWAYS = new ServerVersion(0, 0, 0);

    private final Map<String, Entry> entries = new HashMap<>();

    record Entry(Arguments arguments, Command command, ServerVersion since) {}

    CommandTable() {
        add("find", Find.ARGUMENTS, new Find());
        add("getMore", GetMoreCommand.ARGUMENTS, new GetMoreCommand());
        add("killCursors", KillCursors.ARGUMENTS, new KillCursors());
        add("aggregate", Aggregate.ARGUMENTS, new Aggregate());
        add("count", Counting.COUNT, Counting::count);
        add("distinct", Counting.DISTINCT, Counting::distinct);
        add("insert", Insert.ARGUMENTS, new Insert());
        add("update", UpdateCommand.ARGUMENTS, new UpdateCommand());
        add("delete", Delete.ARGUMENTS, new Delete());
        add("findAndModify", FindAndModify.ARGUMENTS, new FindAndModify());
        add("findandmodify", FindAndModify.ARGUMENTS, new FindAndModify());
        add("bulkWrite", BulkWrite.ARGUMENTS, new BulkWrite(), "8.0");
        add("create", Collections.CREATE, Collections::create);
        add("drop", Collections.DROP, Collections::drop);
        add("dropDatabase", Collections.DROP_DATABASE, Collections::dropDatabase);
        add("renameCollection", Collections.RENAME, Collections::rename);
        add("collMod", CollMod.ARGUMENTS, new CollMod());
        add("createIndexes", Indexes.CREATE, Indexes::create);
        add("dropIndexes", Indexes.DROP, Indexes::drop);
        add("listIndexes", Listing.INDEXES, Listing::indexes);
        add("listCollections", Listing.COLLECTIONS, Listing::collections);
        add("listDatabases", Listing.DATABASES, Listing::databases);
        add("collStats", Statistics.COLLECTION, Statistics::collection);
        add("collstats", Statistics.COLLECTION, Statistics::collection);
        add("dbStats", Statistics.DATABASE, Statistics::database);
        add("dbstats", Statistics.DATABASE, Statistics::database);
        add("validate", Statistics.VALIDATE, Statistics::validate);
        add("mapReduce", MapReduce.ARGUMENTS, new MapReduce());
        add("mapreduce", MapReduce.ARGUMENTS, new MapReduce());
        add("explain", Explain.ARGUMENTS, new Explain());
        for (String search :
                List.of("createSearchIndexes", "updateSearchIndex", "dropSearchIndex", "listSearchIndexes")) {
            add(search, Arguments.of(search, "indexes", "name", "id", "definition"), call -> {
                throw SearchIndexes.refusal();
            });
        }
        add("shardCollection", Sharding.SHARD, Sharding::shard);
        add("enableSharding", Sharding.ENABLE, Sharding::enable);
        add("checkMetadataConsistency", Sharding.CHECK, Sharding::check, "7.0");
    }

    private void add(String name, Arguments arguments, Command command) {
        entries.put(name, new Entry(arguments, command, ALWAYS));
    }

    private void add(String name, Arguments arguments, Command command, String since) {
        entries.put(name, new Entry(arguments, command, ServerVersion.parse(since)));
    }

    @Nullable
    Entry find(String name) {
        return entries.get(name);
    }
}
