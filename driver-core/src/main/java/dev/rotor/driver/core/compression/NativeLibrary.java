package dev.rotor.driver.core.compression;

import dev.rotor.driver.spi.Compressor;
import dev.rotor.driver.transport.Availability;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;

/** Whether a library that may be missing, and that brings native code, works here. */
final class NativeLibrary {

    /** Some bytes that can be made fewer. */
    private static final byte[] TRIAL =
            "to and fro, to and fro, to and fro, to and fro".getBytes(StandardCharsets.US_ASCII);

    private NativeLibrary() {}

    /**
     * Tries a library by sending a few bytes through it and back: that it can be loaded says little.
     *
     * @param artifact what to add
     * @param module its module, which nothing else resolves
     * @param maker makes a compressor of it
     */
    static Availability availability(String artifact, String module, Supplier<? extends Compressor> maker) {
        try (Compressor compressor = maker.get()) {
            byte[] compressed = new byte[compressor.maxCompressedLength(TRIAL.length)];
            int length = compressor.compress(TRIAL, 0, TRIAL.length, compressed, 0);
            byte[] back = new byte[TRIAL.length];
            compressor.decompress(compressed, 0, length, back, 0, back.length);
            return Arrays.equals(back, TRIAL)
                    ? Availability.yes()
                    : Availability.no(artifact + " does not give back what it was given", null);
        } catch (NoClassDefFoundError e) {
            return isMissing(e)
                    ? Availability.no(
                            artifact + " is not there: add it to the class path, or to the module path with"
                                    + " --add-modules " + module,
                            e)
                    : broken(artifact, e);
        } catch (RuntimeException | Error | DataFormatException e) {
            // snappy-java tells by an error of its own that its native code is not for this machine.
            return broken(artifact, e);
        }
    }

    /** A class that is there but whose first use failed gives the same error, without this cause. */
    private static boolean isMissing(NoClassDefFoundError e) {
        return e.getCause() instanceof ClassNotFoundException;
    }

    private static Availability broken(String artifact, Throwable e) {
        return Availability.no(artifact + " does not work here: " + e, e);
    }
}
