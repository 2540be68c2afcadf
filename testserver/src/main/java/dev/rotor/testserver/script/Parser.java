package dev.rotor.testserver.script;

import dev.rotor.testserver.script.Node.Returned;
import dev.rotor.testserver.script.Tokens.Kind;
import dev.rotor.testserver.script.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads statements; expressions are read by {@link Expressions}. Each becomes a piece of code that can be run. */
final class Parser {
    private static final int MAX_STEPS = 10_000_000;
    private static final Set<String> REFUSED = Set.of(
            "switch",
            "try",
            "throw",
            "class",
            "do",
            "break",
            "continue",
            "new",
            "delete",
            "async",
            "await",
            "yield",
            "with");

    private final Tokens tokens;
    private final Expressions expressions;
    private int steps;

    Parser(String source) {
        tokens = new Tokens(source);
        expressions = new Expressions(tokens, this);
    }

    /** A function as such, or else code that is one expression or some statements. */
    Node program() {
        if (tokens.sees("function")) {
            Node function = expressions.expression();
            tokens.takes(";");
            if (tokens.isAtEnd()) {
                return function;
            }
            throw Tokens.failure("SyntaxError: unexpected '" + tokens.peek().text() + "'");
        }
        int start = tokens.mark();
        if (!tokens.sees("return") && !tokens.sees("var") && !tokens.sees("if")) {
            Node expression = expressions.expression();
            tokens.takes(";");
            if (tokens.isAtEnd()) {
                return expression;
            }
        }
        tokens.reset(start);
        List<Node> statements = new ArrayList<>();
        while (!tokens.isAtEnd()) {
            statements.add(statement());
        }
        return scope -> value(sequence(statements).run(scope));
    }

    static @Nullable Object value(@Nullable Object result) {
        return result instanceof Returned returned ? returned.value() : Values.UNDEFINED;
    }

    Node block() {
        tokens.expect("{");
        List<Node> statements = new ArrayList<>();
        while (!tokens.takes("}")) {
            statements.add(statement());
        }
        return sequence(statements);
    }

    private static Node sequence(List<Node> statements) {
        return scope -> {
            for (Node statement : statements) {
                if (statement.run(scope) instanceof Returned returned) {
                    return returned;
                }
            }
            return null;
        };
    }

    private Node statement() {
        Token token = tokens.peek();
        if (token.kind() == Kind.NAME && REFUSED.contains(token.text())) {
            throw Tokens.failure("SyntaxError: this server does not implement '" + token.text() + "'");
        }
        if (tokens.sees("{")) {
            return block();
        }
        if (tokens.takes(";")) {
            return scope -> null;
        }
        if (tokens.takes("return")) {
            Node value = tokens.sees(";") || tokens.sees("}") ? scope -> Values.UNDEFINED : expressions.expression();
            tokens.takes(";");
            return scope -> new Returned(value.run(scope));
        }
        if (tokens.sees("var") || tokens.sees("let") || tokens.sees("const")) {
            Node declaration = declaration();
            tokens.takes(";");
            return declaration;
        }
        if (tokens.takes("if")) {
            return conditional();
        }
        if (tokens.takes("while")) {
            Node condition = parenthesized();
            Node body = statement();
            return loop(scope -> null, condition, scope -> null, body);
        }
        if (tokens.takes("for")) {
            return counting();
        }
        Node expression = expressions.expression();
        tokens.takes(";");
        return scope -> {
            expression.run(scope);
            return null;
        };
    }

    private Node parenthesized() {
        tokens.expect("(");
        Node expression = expressions.expression();
        tokens.expect(")");
        return expression;
    }

    private Node conditional() {
        Node condition = parenthesized();
        Node then = statement();
        Node otherwise = tokens.takes("else") ? statement() : scope -> null;
        return scope -> (Values.isTrue(condition.run(scope)) ? then : otherwise).run(scope);
    }

    private Node declaration() {
        tokens.take();
        List<Node> declarations = new ArrayList<>();
        do {
            String name = tokens.name();
            Node value = tokens.takes("=") ? expressions.assignment() : scope -> Values.UNDEFINED;
            declarations.add(scope -> {
                scope.declare(name, value.run(scope));
                return null;
            });
        } while (tokens.takes(","));
        return sequence(declarations);
    }

    private Node counting() {
        tokens.expect("(");
        Node first = scope -> null;
        if (!tokens.sees(";")) {
            first = tokens.sees("var") || tokens.sees("let") ? declaration() : expressions.expression();
        }
        tokens.expect(";");
        Node condition = tokens.sees(";") ? scope -> true : expressions.expression();
        tokens.expect(";");
        Node step = tokens.sees(")") ? scope -> null : expressions.expression();
        tokens.expect(")");
        return loop(first, condition, step, statement());
    }

    private Node loop(Node first, Node condition, Node step, Node body) {
        return scope -> {
            for (first.run(scope); Values.isTrue(condition.run(scope)); step.run(scope)) {
                if (++steps > MAX_STEPS) {
                    throw Tokens.failure("InternalError: the script runs too long");
                }
                if (body.run(scope) instanceof Returned returned) {
                    return returned;
                }
            }
            return null;
        };
    }
}
