package dev.rotor.conformance.unified;

import java.util.List;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * A file of the unified test format.
 *
 * @param name its path, as reports name it
 * @param content what is in it
 * @param problem why it cannot be run, if it cannot
 */
record UnifiedFile(String name, BsonDocument content, Optional<String> problem) {

    List<BsonDocument> tests() {
        return content.getArray("tests").stream().map(BsonValue::asDocument).toList();
    }

    BsonArray requirements() {
        return content.getArray("runOnRequirements", new BsonArray());
    }

    static String descriptionOf(BsonDocument test) {
        return test.getString("description").getValue();
    }
}
