package dev.rotor.driver.core.services;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for services where the driver's users may have put them: in the class loader of the calling thread's context,
 * then in those of the driver itself. What cannot be loaded is told of, and does not hide the others.
 */
public final class Services {

    /** So many failures end the search in one loader: what cannot even be listed fails again each time it is asked. */
    private static final int MAX_FAILURES = 50;

    private Services() {}

    /**
     * What was found.
     *
     * @param providers one of each class, in the order of the loaders, then of the class path
     * @param broken those that could not be loaded, each reason once
     * @param <S> the service
     */
    public record Found<S>(List<S> providers, List<Broken> broken) {}

    /**
     * A provider that cannot be loaded.
     *
     * @param why what is wrong, for a person
     * @param cause the failure
     */
    public record Broken(String why, Throwable cause) {}

    /**
     * Looks for a service that this module uses.
     *
     * @param service its interface, one of the driver's API
     * @param <S> the same
     * @return what there is; what is found through several loaders is there once
     */
    public static <S> Found<S> find(Class<S> service) {
        Map<Class<?>, S> providers = new LinkedHashMap<>();
        Map<String, Broken> broken = new LinkedHashMap<>();
        for (ClassLoader loader : loaders(service)) {
            collect(service, loader, providers, broken);
        }
        return new Found<>(List.copyOf(providers.values()), List.copyOf(broken.values()));
    }

    /**
     * The class loaders that are searched, in this order.
     *
     * @param service the interface that is looked for
     * @return that of the calling thread's context if it sees this driver, that of the API, and that of the core
     */
    public static Set<ClassLoader> loaders(Class<?> service) {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        ClassLoader callers = Thread.currentThread().getContextClassLoader();
        if (callers != null && sees(callers, service)) {
            loaders.add(callers);
        }
        add(loaders, service.getClassLoader());
        add(loaders, Services.class.getClassLoader());
        return loaders;
    }

    private static void add(Set<ClassLoader> loaders, @Nullable ClassLoader loader) {
        loaders.add(loader == null ? ClassLoader.getSystemClassLoader() : loader);
    }

    /** A container's loader may see another copy of the driver, whose services are none of ours. */
    private static boolean sees(ClassLoader loader, Class<?> service) {
        try {
            return loader.loadClass(service.getName()) == service;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static <S> void collect(
            Class<S> service, ClassLoader loader, Map<Class<?>, S> providers, Map<String, Broken> broken) {
        Iterator<S> each = ServiceLoader.load(service, loader).iterator();
        for (int failures = 0; failures < MAX_FAILURES; ) {
            try {
                if (!each.hasNext()) {
                    return;
                }
                S provider = each.next();
                providers.putIfAbsent(provider.getClass(), provider);
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                Broken one = new Broken(why(service, e), e);
                broken.putIfAbsent(one.why(), one);
            }
        }
    }

    /** The loader's words without the name of the service, and what is behind them. */
    private static String why(Class<?> service, Error failure) {
        if (failure instanceof LinkageError) {
            return failure.toString();
        }
        String prefix = service.getName() + ": ";
        String words = String.valueOf(failure.getMessage());
        String said = words.startsWith(prefix) ? words.substring(prefix.length()) : words;
        Throwable cause = failure.getCause();
        return cause == null ? said : said + ": " + cause;
    }
}
