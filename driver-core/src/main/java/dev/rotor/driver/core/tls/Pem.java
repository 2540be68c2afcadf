package dev.rotor.driver.core.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blocks of PEM files, as RFC 7468 has them: anything between them is commentary. Pure functions. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([^\\r\\n-]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /**
     * One block.
     *
     * @param label what stands behind BEGIN
     * @param headers whether there are header lines in front of the bytes, as encrypted keys of old have them
     * @param base64 what the block holds; empty with headers, which say that it is encrypted
     */
    record Block(String label, boolean headers, String base64) {

        /** What the block holds. */
        byte[] bytes() {
            return Base64.getMimeDecoder().decode(base64);
        }

        /** Without what it holds, which may be a key. */
        @Override
        public String toString() {
            return "Block[" + label + "]";
        }
    }

    private Pem() {}

    /** All blocks, in order. */
    static List<Block> read(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            String body = matcher.group(2);
            boolean headers = body.indexOf(':') >= 0;
            blocks.add(new Block(matcher.group(1).strip(), headers, headers ? "" : body.strip()));
        }
        return blocks;
    }
}
