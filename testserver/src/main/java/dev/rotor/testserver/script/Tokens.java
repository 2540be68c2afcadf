package dev.rotor.testserver.script;

import dev.rotor.testserver.engine.CommandError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Source text as tokens, read from left to right. */
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|//[^\\n]*|/\\*.*?\\*/"
                    + "|(?<number>\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
                    + "|(?<name>[A-Za-z_$][A-Za-z0-9_$]*)"
                    + "|(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')"
                    + "|(?<mark>===|!==|=>|==|!=|<=|>=|&&|\\|\\||\\+\\+|--|\\+=|-=|\\*=|/=|[-+*/%<>!=?:;,.(){}\\[\\]])",
            Pattern.DOTALL);

    /** What a token is. */
    enum Kind {
        NUMBER,
        NAME,
        TEXT,
        MARK,
        END
    }

    record Token(Kind kind, String text) {}

    private final List<Token> tokens = new ArrayList<>();
    private int next;

    Tokens(String source) {
        Matcher matcher = TOKEN.matcher(source);
        int at = 0;
        while (at < source.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw failure("SyntaxError: illegal character at position " + at);
            }
            if (matcher.group("number") != null) {
                tokens.add(new Token(Kind.NUMBER, matcher.group()));
            } else if (matcher.group("name") != null) {
                tokens.add(new Token(Kind.NAME, matcher.group()));
            } else if (matcher.group("text") != null) {
                String quoted = matcher.group();
                tokens.add(new Token(
                        Kind.TEXT, quoted.substring(1, quoted.length() - 1).translateEscapes()));
            } else if (matcher.group("mark") != null) {
                tokens.add(new Token(Kind.MARK, matcher.group()));
            }
            at = matcher.end();
        }
    }

    static CommandError failure(String message) {
        // JSInterpreterFailure
        return new CommandError(139, message);
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return next + ahead < tokens.size() ? tokens.get(next + ahead) : new Token(Kind.END, "");
    }

    Token take() {
        Token token = peek();
        next++;
        return token;
    }

    boolean sees(String text) {
        Token token = peek();
        return token.kind() != Kind.TEXT && token.text().equals(text);
    }

    /** Takes the token if it is the one given. */
    boolean takes(String text) {
        if (sees(text)) {
            next++;
            return true;
        }
        return false;
    }

    void expect(String text) {
        if (!takes(text)) {
            throw failure("SyntaxError: expected '" + text + "' but found '" + peek().text() + "'");
        }
    }

    String name() {
        Token token = take();
        if (token.kind() != Kind.NAME) {
            throw failure("SyntaxError: expected a name but found '" + token.text() + "'");
        }
        return token.text();
    }

    boolean isAtEnd() {
        return peek().kind() == Kind.END;
    }

    int mark() {
        return next;
    }

    void reset(int mark) {
        next = mark;
    }
}
