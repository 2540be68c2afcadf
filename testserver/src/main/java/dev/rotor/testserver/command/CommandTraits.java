package dev.rotor.testserver.command;

import dev.rotor.testserver.engine.ServerVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds for a command whatever its body says. */
final class CommandTraits {

    /** Whether a secondary runs the command. */
    enum OnSecondary {
        ALWAYS,
        /** If {@code $readPreference} allows it. */
        OPT_IN,
        NEVER
    }

    private static final Map<String, CommandTraits> BY_NAME = new HashMap<>();

    /** Of commands that nothing is said about here. */
    private static final CommandTraits OTHER = new CommandTraits("other");

    private final String name;
    private Set<String> names;
    private OnSecondary onSecondary = OnSecondary.ALWAYS;
    private boolean writes;
    private boolean writeConcern;
    private boolean retryable;
    private boolean inTransaction;
    private boolean adminOnly;
    private boolean withoutAuth;
    private boolean api;
    private int apiMajor;
    private Set<String> readConcernLevels = Set.of("local");

    static {
        write("insert").retryable().inTransaction().api();
        write("update").retryable().inTransaction().api();
        write("delete").retryable().inTransaction().api();
        write("findAndModify", "findandmodify").retryable().inTransaction().api();
        write("bulkWrite").retryable().inTransaction().adminOnly().apiSince(8);
        write("create").inTransaction().api();
        write("createIndexes").inTransaction().api();
        write("drop").api();
        write("dropDatabase").api();
        write("dropIndexes", "deleteIndexes").api();
        write("collMod").api();
        write("renameCollection").adminOnly();
        write("commitTransaction").inTransaction().adminOnly().api();
        write("abortTransaction").inTransaction().adminOnly().api();
        write("convertToCapped");
        write("cloneCollectionAsCapped");
        write("createUser");
        write("updateUser");
        write("dropUser");
        write("dropAllUsersFromDatabase");
        write("appendOplogNote").adminOnly();
        write("shardCollection").adminOnly();
        write("enableSharding").adminOnly();
        write("setDefaultRWConcern").adminOnly();
        write("createSearchIndexes");
        write("updateSearchIndex");
        write("dropSearchIndex");

        read("find")
                .inTransaction()
                .readConcern("majority", "available", "linearizable", "snapshot")
                .api();
        read("aggregate")
                .inTransaction()
                .writeConcern()
                .readConcern("majority", "available", "linearizable", "snapshot")
                .api();
        read("distinct").inTransaction().readConcern("majority", "available", "linearizable", "snapshot");
        read("count").readConcern("majority", "available", "linearizable").apiSince(5);
        read("mapReduce", "mapreduce").writeConcern();
        read("explain")
                .readConcern("majority", "available", "linearizable", "snapshot")
                .api();
        read("listCollections").api();
        read("listIndexes").api();
        read("listDatabases").adminOnly().api();
        read("collStats", "collstats").readConcern("majority");
        read("dbStats", "dbstats").readConcern("majority");
        read("validate");
        read("dataSize");
        read("checkMetadataConsistency");
        read("usersInfo");
        read("rolesInfo");
        read("listSearchIndexes");

        any("getMore").inTransaction().api();
        any("killCursors").inTransaction().api();
        any("ping").withoutAuth().api();
        any("hello").withoutAuth().api();
        any("isMaster", "ismaster").withoutAuth();
        any("saslStart").withoutAuth().api();
        any("saslContinue").withoutAuth().api();
        any("authenticate").withoutAuth().api();
        any("getnonce").withoutAuth();
        any("logout").withoutAuth();
        any("buildInfo", "buildinfo").withoutAuth();
        any("whatsmyuri").withoutAuth();
        any("connectionStatus").withoutAuth();
        any("isdbgrid").withoutAuth();
        any("endSessions").withoutAuth().api();
        any("refreshSessions").api();
        any("startSession").withoutAuth();
        any("killSessions");
        any("killAllSessions");
        any("killAllSessionsByPattern");
        any("configureFailPoint").adminOnly();
        any("waitForFailPoint").adminOnly();
        any("getParameter").adminOnly();
        any("setParameter").adminOnly();
        any("serverStatus");
        any("hostInfo").adminOnly();
        any("getCmdLineOpts").adminOnly();
        any("getLog").adminOnly();
        any("currentOp").adminOnly();
        any("killOp").adminOnly();
        any("shutdown").adminOnly();
        any("replSetGetStatus").adminOnly();
        any("replSetGetConfig").adminOnly();
        any("replSetStepDown").adminOnly();
        any("replSetStepUp").adminOnly();
        any("replSetFreeze").adminOnly();
        any("listCommands");
        any("getDefaultRWConcern").adminOnly();
        any("fsync").adminOnly();
        any("top").adminOnly();
        any("testVersion2");
        any("testVersions1And2").api();
        any("testDeprecation").api();
        any("testDeprecationInVersion2").api();
        any("testRemoval").api();
    }

    private CommandTraits(String... names) {
        name = names[0];
        this.names = Set.of(names);
    }

    private static CommandTraits any(String... names) {
        CommandTraits traits = new CommandTraits(names);
        for (String each : names) {
            BY_NAME.put(each, traits);
        }
        return traits;
    }

    private static CommandTraits read(String... names) {
        CommandTraits traits = any(names);
        traits.onSecondary = OnSecondary.OPT_IN;
        return traits;
    }

    private static CommandTraits write(String... names) {
        CommandTraits traits = any(names);
        traits.onSecondary = OnSecondary.NEVER;
        traits.writes = true;
        traits.writeConcern = true;
        return traits;
    }

    private CommandTraits retryable() {
        retryable = true;
        return this;
    }

    private CommandTraits inTransaction() {
        inTransaction = true;
        return this;
    }

    private CommandTraits adminOnly() {
        adminOnly = true;
        return this;
    }

    private CommandTraits withoutAuth() {
        withoutAuth = true;
        return this;
    }

    private CommandTraits writeConcern() {
        writeConcern = true;
        return this;
    }

    private CommandTraits readConcern(String... levels) {
        Set<String> all = new HashSet<>(List.of(levels));
        all.add("local");
        readConcernLevels = Set.copyOf(all);
        return this;
    }

    private CommandTraits api() {
        return apiSince(4);
    }

    private CommandTraits apiSince(int major) {
        api = true;
        apiMajor = major;
        return this;
    }

    /** The traits of the command, under any of its spellings. */
    static CommandTraits of(String commandName) {
        return BY_NAME.getOrDefault(commandName, OTHER);
    }

    /** The names of all commands that something is said about here. */
    static Set<String> known() {
        return BY_NAME.keySet();
    }

    /** The command's main name, in messages. */
    String name() {
        return name;
    }

    /** All spellings, for fail points: {@code isMaster} strikes {@code ismaster}. */
    Set<String> names() {
        return names;
    }

    OnSecondary onSecondary() {
        return onSecondary;
    }

    /** Whether it changes data, so that only a primary takes it. */
    boolean writes() {
        return writes;
    }

    boolean takesWriteConcern() {
        return writeConcern;
    }

    /** Whether a {@code txnNumber} outside of a transaction makes it a retryable write. */
    boolean isRetryable() {
        return retryable;
    }

    boolean runsInTransaction() {
        return inTransaction;
    }

    boolean isAdminOnly() {
        return adminOnly;
    }

    boolean runsWithoutAuth() {
        return withoutAuth;
    }

    /** Whether it is part of Stable API version 1 on a server of that version. */
    boolean isInApi(ServerVersion version) {
        return api && version.major() >= apiMajor;
    }

    /** Whether it takes that level outside of transactions. */
    boolean takesReadConcern(String level) {
        return readConcernLevels.contains(level);
    }
}
