package dev.rotor.testserver.stream;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.BsonSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Events that are larger than a document may be: split by fields if the pipeline asks for it, else an error. */
final class LargeEvents {
    private static final int MAX = 16 * 1024 * 1024;

    private LargeEvents() {}

    static List<Document> fit(Document event, ResumeToken token, boolean split) {
        if (BsonSize.of(event) <= MAX) {
            return List.of(event);
        }
        if (!split) {
            throw tooLarge();
        }
        List<Document> fragments = new ArrayList<>();
        Document fragment = new Document();
        int size = 0;
        for (Map.Entry<String, Object> field : event.entrySet()) {
            if (field.getKey().equals("_id")) {
                continue;
            }
            int one = BsonSize.of(new Document(field.getKey(), field.getValue()));
            if (one > MAX - 256) {
                throw tooLarge();
            }
            if (size + one > MAX - 256) {
                fragments.add(fragment);
                fragment = new Document();
                size = 0;
            }
            fragment.put(field.getKey(), field.getValue());
            size += one;
        }
        fragments.add(fragment);
        List<Document> numbered = new ArrayList<>();
        for (int i = 0; i < fragments.size(); i++) {
            ResumeToken own = new ResumeToken(token.time(), token.index(), token.invalidate(), i + 1);
            Document complete = new Document("_id", own.asDocument())
                    .append("splitEvent", new Document("fragment", i + 1).append("of", fragments.size()));
            fragments.get(i).forEach(complete::put);
            numbered.add(complete);
        }
        return numbered;
    }

    private static CommandError tooLarge() {
        return new CommandError(
                ErrorCode.BSON_OBJECT_TOO_LARGE,
                "Executor error during getMore :: caused by :: BSONObj size is invalid. Size must be between 0 and "
                        + MAX);
    }
}
