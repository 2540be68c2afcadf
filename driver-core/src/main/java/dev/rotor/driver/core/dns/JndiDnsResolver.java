package dev.rotor.driver.core.dns;

import dev.rotor.driver.spi.DnsResolver;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/**
 * Asks through the JDK's own DNS provider, which uses the name servers of the system. It blocks, so it runs on an
 * executor given for that; it does not tell how long records live.
 */
public final class JndiDnsResolver implements DnsResolver {

    private static final String PROVIDER = "com.sun.jndi.dns.DnsContextFactory";

    private final Executor executor;

    /**
     * A resolver.
     *
     * @param executor where it asks; may be blocked for many seconds; never a loop
     */
    public JndiDnsResolver(Executor executor) {
        this.executor = executor;
    }

    @Override
    public CompletionStage<List<SrvRecord>> srv(String name) {
        return look(name, "SRV", JndiDnsResolver::srvRecord);
    }

    @Override
    public CompletionStage<List<String>> txt(String name) {
        return look(name, "TXT", JndiDnsResolver::joined);
    }

    private <T> CompletionStage<List<T>> look(String name, String type, Function<String, T> read) {
        CompletableFuture<List<T>> found = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    List<T> records = new ArrayList<>();
                    for (String text : ask(name, type)) {
                        records.add(read.apply(text));
                    }
                    found.complete(records);
                } catch (Throwable e) {
                    // An error too, as of a provider that cannot be loaded: nobody else would hear of it.
                    found.completeExceptionally(e);
                }
            });
        } catch (Throwable e) {
            found.completeExceptionally(e);
        }
        return found;
    }

    /**
     * The records of a name, as text; blocks.
     *
     * @param name whose
     * @param type of what kind, for example {@code "CNAME"}
     * @return the records, empty when there are none
     * @throws NamingException if that could not be found out
     */
    // JNDI takes nothing but a Hashtable; and this provider, set here, makes strings of records and no objects.
    @SuppressWarnings({"JdkObsolete", "BanJNDI"})
    public static List<String> ask(String name, String type) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, PROVIDER);
        environment.put(Context.PROVIDER_URL, "dns:");
        InitialDirContext context = new InitialDirContext(environment);
        try {
            Attribute records = context.getAttributes(name, new String[] {type}).get(type);
            List<String> texts = new ArrayList<>();
            if (records != null) {
                NamingEnumeration<?> all = records.getAll();
                while (all.hasMore()) {
                    texts.add(String.valueOf(all.next()));
                }
            }
            return texts;
        } catch (NameNotFoundException e) {
            return List.of();
        } finally {
            context.close();
        }
    }

    /** Reads {@code priority weight port target}. */
    static SrvRecord srvRecord(String text) {
        String[] parts = text.trim().split("\\s+", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not an SRV record: " + text);
        }
        return new SrvRecord(parts[3], Integer.parseInt(parts[2]), null);
    }

    /**
     * Joins the character strings of a TXT record. The provider separates them by spaces, and puts those between quotes
     * that have a space, a quote or a backslash in them, with a backslash before the latter two.
     */
    static String joined(String text) {
        StringBuilder joined = new StringBuilder(text.length());
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted && i + 1 < text.length()) {
                joined.append(text.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c != ' ' || quoted) {
                joined.append(c);
            }
        }
        return joined.toString();
    }
}
