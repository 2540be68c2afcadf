package dev.rotor.driver.core.wire;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** A command that was encoded, as the one document that the Command Logging and Monitoring specification shows. */
final class CommandDocument {

    private CommandDocument() {}

    /**
     * Folds document sequences into the body.
     *
     * @param message the whole message, which this driver wrote
     * @param sequences how many document sequences follow section 0
     */
    static BsonDocument of(byte[] message, int sequences) {
        int body = LittleEndian.getInt(message, CommandWriter.BODY);
        RawBsonDocument raw = new RawBsonDocument(message, CommandWriter.BODY, body);
        if (sequences == 0) {
            return raw;
        }
        BsonDocument document = new BsonDocument();
        raw.forEach(document::append);
        int at = CommandWriter.BODY + body;
        for (int i = 0; i < sequences; i++) {
            int start = at + 1;
            int end = start + LittleEndian.getInt(message, start);
            int name = start + 4;
            int zero = name;
            while (message[zero] != 0) {
                zero++;
            }
            BsonArray array = new BsonArray();
            for (int element = zero + 1; element < end; ) {
                int length = LittleEndian.getInt(message, element);
                array.add(new RawBsonDocument(message, element, length));
                element += length;
            }
            document.append(Utf8.decode(message, name, zero - name), array);
            at = end;
        }
        return document;
    }
}
