package dev.rotor.examples.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Short answers of the JDK's HTTP server, and the files of a page. */
public final class Answers {

    private static final Map<String, String> TYPES =
            Map.of(".html", "text/html", ".js", "text/javascript", ".css", "text/css");

    private Answers() {}

    /**
     * Sends a whole answer and ends the exchange.
     *
     * @param exchange the request
     * @param status of HTTP
     * @param type the media type, without a character set: it is UTF-8
     * @param text the body
     * @throws IOException if the client is gone
     */
    public static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        // The pages load nothing from elsewhere, and nobody frames them.
        exchange.getResponseHeaders()
                .set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
        try (exchange) {
            exchange.getRequestBody().close();
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /**
     * Serves the files of a page from the class path: the path's last part is the file's name, an empty one the page
     * itself.
     *
     * @param of the files are beside this class
     * @param files the names of all that may be asked for
     * @return the handler
     */
    public static HttpHandler page(Class<?> of, String... files) {
        Map<String, String> contents = new HashMap<>();
        for (String file : files) {
            contents.put("/" + file, read(of, file));
        }
        contents.put("/", read(of, files[0]));
        return exchange -> {
            String path = exchange.getRequestURI().getPath();
            String text = contents.get(path);
            if (text == null) {
                send(exchange, 404, "text/plain", "There is no such page.\n");
            } else {
                String file = path.equals("/") ? files[0] : path;
                send(exchange, 200, TYPES.getOrDefault(file.substring(file.lastIndexOf('.')), "text/plain"), text);
            }
        };
    }

    private static String read(Class<?> of, String file) {
        try (InputStream in = of.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + file + " beside " + of);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
