package dev.rotor.driver.codec;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Supplier;

/** Empty collections and maps for what is read: plain ones, that keep the order of what is stored where they can. */
final class Makers {

    /** In this order: the first that a declared interface or abstract class admits is made. */
    private static final List<Choice<Collection<Object>>> COLLECTIONS = List.of(
            new Choice<>(ArrayList.class, ArrayList::new),
            new Choice<>(LinkedHashSet.class, LinkedHashSet::new),
            new Choice<>(TreeSet.class, TreeSet::new),
            new Choice<>(ArrayDeque.class, ArrayDeque::new),
            new Choice<>(LinkedBlockingDeque.class, LinkedBlockingDeque::new));

    private static final List<Choice<Map<Object, Object>>> MAPS = List.of(
            new Choice<>(LinkedHashMap.class, LinkedHashMap::new),
            new Choice<>(TreeMap.class, TreeMap::new),
            new Choice<>(ConcurrentHashMap.class, ConcurrentHashMap::new),
            new Choice<>(ConcurrentSkipListMap.class, ConcurrentSkipListMap::new));

    private record Choice<C>(Class<?> type, Supplier<C> maker) {}

    private Makers() {}

    static Supplier<Collection<Object>> collection(Class<?> type, Class<?> elementType) {
        if (EnumSet.class.isAssignableFrom(type) && elementType.isEnum()) {
            return () -> enumSet(elementType);
        }
        boolean filled = type.isAssignableFrom(ArrayList.class) || Collection.class.isAssignableFrom(type);
        // An iterable that nothing can be added to is written only.
        return filled ? choose(type, COLLECTIONS) : unreadable(type, "it is no Collection");
    }

    static Supplier<Map<Object, Object>> map(Class<?> type, Class<?> keyType) {
        if (type == EnumMap.class && keyType.isEnum()) {
            return () -> enumMap(keyType);
        }
        return choose(type, MAPS);
    }

    private static <C> Supplier<C> choose(Class<?> type, List<Choice<C>> choices) {
        boolean open = type.isInterface() || Modifier.isAbstract(type.getModifiers());
        for (Choice<C> choice : choices) {
            if (choice.type() == type || (open && type.isAssignableFrom(choice.type()))) {
                return choice.maker();
            }
        }
        MethodHandle constructor = open ? null : Access.noArguments(type);
        return constructor == null
                ? unreadable(type, "it has no constructor without parameters")
                : made(type, constructor);
    }

    /** It can be written all the same: the immutable ones of the JDK are such. */
    private static <C> Supplier<C> unreadable(Class<?> type, String why) {
        return () -> {
            throw Failures.configuration("a " + type.getName() + " can be written but not read: " + why
                    + ". Declare List, Set, Deque, Map or the like");
        };
    }

    @SuppressWarnings("unchecked")
    private static <C> Supplier<C> made(Class<?> type, MethodHandle constructor) {
        return () -> (C) make(type, constructor);
    }

    private static Object make(Class<?> type, MethodHandle constructor) {
        try {
            return (Object) constructor.invokeExact();
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw Failures.configuration("the constructor of " + type.getName() + " failed: " + e, e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Collection<Object> enumSet(Class<?> elementType) {
        return EnumSet.noneOf((Class) elementType);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<Object, Object> enumMap(Class<?> keyType) {
        return new EnumMap((Class) keyType);
    }
}
