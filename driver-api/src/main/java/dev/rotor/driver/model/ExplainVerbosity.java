package dev.rotor.driver.model;

/** How much the server tells about the way in which it answers a query. */
public enum ExplainVerbosity {
    /** The plan that it has chosen; nothing is run. */
    QUERY_PLANNER("queryPlanner"),
    /** The plan and what running it took. */
    EXECUTION_STATS("executionStats"),
    /** What running the chosen plan took, and trying the others: the server's default. */
    ALL_PLANS_EXECUTION("allPlansExecution");

    private final String wireName;

    ExplainVerbosity(String wireName) {
        this.wireName = wireName;
    }

    /**
     * How it is written in a command.
     *
     * @return for example {@code "queryPlanner"}
     */
    public String wireName() {
        return wireName;
    }
}
