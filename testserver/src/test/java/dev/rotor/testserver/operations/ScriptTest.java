package dev.rotor.testserver.operations;

import static dev.rotor.testserver.operations.EngineRig.batch;
import static dev.rotor.testserver.operations.EngineRig.doc;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private final EngineRig rig = EngineRig.replicaSet();

    @Test
    void mapReduceEmitsAndReduces() {
        rig.insert("c", doc("_id", 1, "x", 0), doc("_id", 2, "x", 1), doc("_id", 3, "x", 2));
        assertThat(rig.run(
                        "mapReduce", "c",
                        "map", "function inc() { return emit(0, this.x + 1) }",
                        "reduce", "function sum(key, values) { return values.reduce((acc, x) => acc + x); }",
                        "out", doc("inline", 1)))
                .isEqualTo(doc("results", List.of(doc("_id", 0.0, "value", 6.0))));
        rig.run(
                "mapReduce", "c",
                "map", "function() { for (var i = 0; i < this.x; i++) { emit(this._id, {n: i}); } }",
                "reduce", "function(k, vs) { var t = 0; vs.forEach(function(v) { t += v.n; }); return {n: t}; }",
                "out", "o");
        assertThat(rig.all("o"))
                .containsExactly(doc("_id", 2, "value", doc("n", 0.0)), doc("_id", 3, "value", doc("n", 1.0)));
    }

    @Test
    void whereAsksAScript() {
        rig.insert("c", doc("_id", 1, "x", 1), doc("_id", 2, "x", 2));
        assertThat(batch(rig.run("find", "c", "filter", doc("$where", "this.x > 1"))))
                .containsExactly(doc("_id", 2, "x", 2));
        assertThat(batch(rig.run(
                        "find", "c", "filter", doc("$where", "function() { return this.x === 1 ? true : false; }"))))
                .hasSize(1);
        assertThat(batch(rig.run("find", "c", "filter", doc("$where", "sleep(0) || true"))))
                .hasSize(2);
        assertThat(rig.error("find", "c", "filter", doc("$where", "this.x >")).code())
                .isEqualTo(139);
        assertThat(rig.error("find", "c", "filter", doc("$where", "while (true) { }"))
                        .code())
                .isEqualTo(139);
    }
}
