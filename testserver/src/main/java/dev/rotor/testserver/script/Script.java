package dev.rotor.testserver.script;

import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.script.Node.Callable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Server-side JavaScript: a function, or code with {@code this}. Numbers, strings, objects, arrays, functions,
 * conditions and loops are there, and {@code sleep}, {@code emit} and {@code print}; what is not there is a syntax
 * error.
 */
public final class Script {
    private final Scope globals = new Scope(null, Values.UNDEFINED);
    private final Node program;

    private Script(String source) {
        program = new Parser(source).program();
        globals.declare("print", (Callable) (self, arguments) -> Values.UNDEFINED);
    }

    /**
     * Reads a script, given as a string or as code.
     *
     * @throws CommandError if it is neither, or not understood
     */
    public static Script of(@Nullable Object code) {
        if (code instanceof BsonJavaScript script) {
            return new Script(script.getCode());
        }
        if (code instanceof String text) {
            return new Script(text);
        }
        throw new CommandError(ErrorCode.BAD_VALUE, "$where got bad type");
    }

    /** Lets the script call {@code sleep(milliseconds)}. */
    public Script withSleep(LongConsumer sleep) {
        globals.declare("sleep", (Callable) (self, arguments) -> {
            sleep.accept((long) Values.number(arguments.length > 0 ? arguments[0] : null));
            return Values.UNDEFINED;
        });
        return this;
    }

    /** Lets the script call {@code emit(key, value)}. */
    public Script withEmit(BiConsumer<@Nullable Object, @Nullable Object> emit) {
        globals.declare("emit", (Callable) (self, arguments) -> {
            emit.accept(
                    arguments.length > 0 ? bson(arguments[0]) : null, arguments.length > 1 ? bson(arguments[1]) : null);
            return Values.UNDEFINED;
        });
        return this;
    }

    /** Runs it on a document; a function is called with the arguments. */
    public @Nullable Object run(Document self, @Nullable Object... arguments) {
        Scope scope = new Scope(globals, self.cloneDeeply());
        Object value = program.run(scope);
        return bson(value instanceof Callable function ? function.call(scope.self(), arguments) : value);
    }

    /** Whether the document is one for which the script is true. */
    public boolean isTrueOf(Document document) {
        return Values.isTrue(run(document));
    }

    private static @Nullable Object bson(@Nullable Object value) {
        if (value == Values.UNDEFINED || value instanceof Callable) {
            return null;
        }
        if (value instanceof List<?> many) {
            List<@Nullable Object> copy = new ArrayList<>();
            many.forEach(each -> copy.add(bson(each)));
            return copy;
        }
        if (value instanceof Document document) {
            Document copy = new Document();
            document.forEach((name, each) -> copy.put(name, bson(each)));
            return copy;
        }
        return value;
    }
}
