package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.session.ErrorLabels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts {@code errorLabels} into replies that tell of an error. */
final class Labels {

    private Labels() {}

    static void addTo(Document reply, Invocation invocation) {
        Integer code = reply.get("ok") instanceof Number ok && ok.doubleValue() == 0 ? codeOf(reply) : null;
        Integer writeConcernCode = reply.get("writeConcernError") instanceof Document error ? codeOf(error) : null;
        if (code == null && writeConcernCode == null) {
            return;
        }
        List<String> override = invocation.labelsOverride();
        List<String> labels = new ArrayList<>();
        if (override != null) {
            labels.addAll(override);
        } else {
            labels.addAll(ErrorLabels.of(invocation.failure(code, writeConcernCode)));
            if (reply.get("errorLabels") instanceof Collection<?> already) {
                for (Object each : already) {
                    if (!labels.contains(each)) {
                        labels.add(String.valueOf(each));
                    }
                }
            }
        }
        reply.remove("errorLabels");
        if (!labels.isEmpty()) {
            reply.put("errorLabels", labels);
        }
    }

    private static @Nullable Integer codeOf(Document error) {
        return error.get("code") instanceof Number code ? code.intValue() : null;
    }
}
