package dev.rotor.driver.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Method handles into users' classes, found once for each codec. Private classes are fine; closed modules say so. */
final class Access {

    private static final MethodHandles.Lookup OWN = MethodHandles.lookup();

    private Access() {}

    /** A record's canonical constructor, from an array of its components to the record. */
    static MethodHandle canonicalConstructor(Class<?> record, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            MethodHandle constructor = lookup(record).findConstructor(record, MethodType.methodType(void.class, types));
            return constructor
                    .asFixedArity()
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (IllegalAccessException e) {
            throw closed(record, e);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(record + " has no canonical constructor", e);
        }
    }

    /** A component's accessor, from an object to the component's type, or to an object. */
    static MethodHandle accessor(Class<?> record, Method accessor, Class<?> result) {
        try {
            return lookup(record).unreflect(accessor).asType(MethodType.methodType(result, Object.class));
        } catch (IllegalAccessException e) {
            throw closed(record, e);
        }
    }

    /** The constructor without parameters, to an object; {@code null} when there is none, or none to be reached. */
    static @Nullable MethodHandle noArguments(Class<?> type) {
        try {
            return lookup(type)
                    .findConstructor(type, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(Object.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }

    private static MethodHandles.Lookup lookup(Class<?> type) {
        OWN.lookupClass().getModule().addReads(type.getModule());
        try {
            return MethodHandles.privateLookupIn(type, OWN);
        } catch (IllegalAccessException e) {
            // A module that is not open to us; what is public in an exported package can still be reached.
            return OWN;
        }
    }

    private static RuntimeException closed(Class<?> type, IllegalAccessException e) {
        Module reader = OWN.lookupClass().getModule();
        return Failures.configuration(
                "the module " + type.getModule().getName() + " does not let the driver into " + type.getName()
                        + "; add to its module-info: opens " + type.getPackageName()
                        + (reader.isNamed() ? " to " + reader.getName() : "") + ';',
                e);
    }
}
