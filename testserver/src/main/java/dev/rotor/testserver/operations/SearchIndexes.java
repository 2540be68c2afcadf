package dev.rotor.testserver.operations;

import dev.rotor.testserver.engine.CommandError;

/** Search index commands, which only Atlas executes: every other server refuses them. */
final class SearchIndexes {
    private SearchIndexes() {}

    static CommandError refusal() {
        return new CommandError(
                31082,
                "Using Atlas Search Database Commands and the $listSearchIndexes aggregation stage requires additional configuration. Please connect to Atlas or an AtlasCLI local deployment to enable.");
    }
}
