package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose context it is where the calls of several meet at one cursor. */
class CallContextTest {

    private static final String FIRST = ClientRig.batch("firstBatch", 77, 1, 1);
    private static final String NEXT = ClientRig.batch("nextBatch", 77, 2, 2);

    private final ClientRig rig = new ClientRig();
    private final List<String> heard = new ArrayList<>();
    private String current = "none";

    @BeforeEach
    void carry() {
        rig.context = () -> {
            String captured = current;
            return () -> {
                String outer = current;
                current = captured;
                return () -> current = outer;
            };
        };
        rig.listeners = List.of(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                heard.add(event.commandName() + ": " + current);
            }
        });
    }

    private <T> T with(String value, Supplier<T> call) {
        String before = current;
        current = value;
        try {
            return call.get();
        } finally {
            current = before;
        }
    }

    private CompletionStage<String> next(AsyncCursor<Document> cursor, String name) {
        return with(name, () -> cursor.next()
                .handle((found, failure) -> (failure == null ? "given to " : "failed for ") + current));
    }

    @Test
    void whoWaitsForABatchThatAnotherHadFetchedHasItsOwn() {
        rig.answer(FIRST);
        AsyncCursor<Document> cursor =
                rig.done(with("open", () -> rig.collection().find().open()));

        assertThat(rig.done(next(cursor, "first"))).isEqualTo("given to first");
        CompletionStage<String> second = next(cursor, "second");
        rig.reply(NEXT);

        assertThat(rig.done(second)).isEqualTo("given to second");
        // The batch after that was fetched ahead for who was given this one.
        assertThat(heard).containsExactly("find: open", "getMore: first", "getMore: second");
    }

    @Test
    void aKillThatHasToWaitForAFetchIsOfWhoClosed() {
        rig.answer(FIRST);
        AsyncCursor<Document> cursor =
                rig.done(with("open", () -> rig.collection().find().open()));
        rig.done(next(cursor, "first"));
        CompletionStage<String> waiting = next(cursor, "second");

        CompletionStage<String> closed =
                with("close", () -> cursor.closeAsync().thenApply(none -> "closed for " + current));

        assertThat(rig.done(waiting)).isEqualTo("failed for second");
        rig.reply(NEXT);
        rig.reply("{ok: 1, cursorsKilled: [{$numberLong: '77'}]}");
        assertThat(rig.done(closed)).isEqualTo("closed for close");
        assertThat(heard).containsExactly("find: open", "getMore: first", "killCursors: close");
        rig.assertBalanced();
    }
}
