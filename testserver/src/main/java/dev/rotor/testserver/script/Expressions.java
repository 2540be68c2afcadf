package dev.rotor.testserver.script;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.script.Node.Callable;
import dev.rotor.testserver.script.Tokens.Kind;
import dev.rotor.testserver.script.Tokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads expressions, from the operators that bind least to those that bind most. */
final class Expressions {
    private static final List<List<String>> LEVELS = List.of(
            List.of("||"),
            List.of("&&"),
            List.of("===", "!==", "==", "!="),
            List.of("<", ">", "<=", ">="),
            List.of("+", "-"),
            List.of("*", "/", "%"));

    private final Tokens tokens;
    private final Parser statements;

    Expressions(Tokens tokens, Parser statements) {
        this.tokens = tokens;
        this.statements = statements;
    }

    Node expression() {
        Node left = assignment();
        while (tokens.takes(",")) {
            Node first = left;
            Node second = assignment();
            left = scope -> {
                first.run(scope);
                return second.run(scope);
            };
        }
        return left;
    }

    /** A place that can be assigned to. */
    private interface Place extends Node {
        void assign(Scope scope, @Nullable Object value);
    }

    Node assignment() {
        Node arrow = arrow();
        if (arrow != null) {
            return arrow;
        }
        Node left = choice();
        for (String operator : List.of("=", "+=", "-=", "*=", "/=")) {
            if (left instanceof Place place && tokens.takes(operator)) {
                Node right = assignment();
                return scope -> {
                    Object value = operator.equals("=")
                            ? right.run(scope)
                            : Values.binary(operator.substring(0, 1), place.run(scope), right.run(scope));
                    place.assign(scope, value);
                    return value;
                };
            }
        }
        return left;
    }

    /** {@code x => ...} and {@code (x, y) => ...}, or null if there is none here. */
    private @Nullable Node arrow() {
        int start = tokens.mark();
        List<String> parameters = new ArrayList<>();
        boolean one = tokens.peek().kind() == Kind.NAME && tokens.peek(1).text().equals("=>");
        if (one) {
            parameters.add(tokens.name());
        } else if (tokens.takes("(")) {
            while (tokens.peek().kind() == Kind.NAME) {
                parameters.add(tokens.name());
                tokens.takes(",");
            }
            if (!tokens.takes(")")) {
                tokens.reset(start);
                return null;
            }
        }
        if (!tokens.takes("=>")) {
            tokens.reset(start);
            return null;
        }
        if (tokens.sees("{")) {
            return function(parameters, statements.block(), true);
        }
        Node value = assignment();
        return function(parameters, scope -> new Node.Returned(value.run(scope)), true);
    }

    private static Node function(List<String> parameters, Node body, boolean outerSelf) {
        return scope -> (Callable) (self, arguments) -> {
            Scope inner = new Scope(scope, outerSelf ? scope.self() : self);
            for (int i = 0; i < parameters.size(); i++) {
                inner.declare(parameters.get(i), i < arguments.length ? arguments[i] : Values.UNDEFINED);
            }
            return Parser.value(body.run(inner));
        };
    }

    private Node choice() {
        Node condition = level(0);
        if (!tokens.takes("?")) {
            return condition;
        }
        Node then = assignment();
        tokens.expect(":");
        Node otherwise = assignment();
        return scope -> (Values.isTrue(condition.run(scope)) ? then : otherwise).run(scope);
    }

    private Node level(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        Node left = level(level + 1);
        while (tokens.peek().kind() == Kind.MARK
                && LEVELS.get(level).contains(tokens.peek().text())) {
            String operator = tokens.take().text();
            Node first = left;
            Node second = level(level + 1);
            left = switch (operator) {
                case "||" ->
                    scope -> {
                        Object value = first.run(scope);
                        return Values.isTrue(value) ? value : second.run(scope);
                    };
                case "&&" ->
                    scope -> {
                        Object value = first.run(scope);
                        return Values.isTrue(value) ? second.run(scope) : value;
                    };
                default -> scope -> Values.binary(operator, first.run(scope), second.run(scope));
            };
        }
        return left;
    }

    private Node unary() {
        if (tokens.takes("!")) {
            Node operand = unary();
            return scope -> !Values.isTrue(operand.run(scope));
        }
        if (tokens.takes("-")) {
            Node operand = unary();
            return scope -> -Values.number(operand.run(scope));
        }
        if (tokens.takes("typeof")) {
            Node operand = unary();
            return scope -> Values.typeOf(operand.run(scope));
        }
        Node operand = postfix();
        if (operand instanceof Place place && (tokens.sees("++") || tokens.sees("--"))) {
            double step = tokens.take().text().equals("++") ? 1 : -1;
            return scope -> {
                double before = Values.number(place.run(scope));
                place.assign(scope, before + step);
                return before;
            };
        }
        return operand;
    }

    private Node postfix() {
        Node target = primary();
        while (true) {
            if (tokens.takes(".")) {
                String name = tokens.name();
                target = tokens.sees("(") ? method(target, name) : member(target, scope -> name);
            } else if (tokens.takes("[")) {
                Node key = expression();
                tokens.expect("]");
                target = member(target, key);
            } else if (tokens.sees("(")) {
                Node callee = target;
                List<Node> arguments = arguments();
                target = scope -> Values.call(callee.run(scope), Values.UNDEFINED, evaluated(arguments, scope));
            } else {
                return target;
            }
        }
    }

    private static Node member(Node target, Node key) {
        return new Place() {
            @Override
            public @Nullable Object run(Scope scope) {
                return Values.member(target.run(scope), key.run(scope));
            }

            @Override
            public void assign(Scope scope, @Nullable Object value) {
                Values.assign(target.run(scope), key.run(scope), value);
            }
        };
    }

    private Node method(Node target, String name) {
        List<Node> arguments = arguments();
        return scope -> {
            Object self = target.run(scope);
            return Methods.call(self, name, evaluated(arguments, scope));
        };
    }

    private List<Node> arguments() {
        tokens.expect("(");
        List<Node> arguments = new ArrayList<>();
        while (!tokens.takes(")")) {
            arguments.add(assignment());
            if (!tokens.sees(")")) {
                tokens.expect(",");
            }
        }
        return arguments;
    }

    private static @Nullable Object[] evaluated(List<Node> arguments, Scope scope) {
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).run(scope);
        }
        return values;
    }

    private Node primary() {
        Token token = tokens.take();
        switch (token.kind()) {
            case NUMBER -> {
                double number = Double.parseDouble(token.text());
                return scope -> number;
            }
            case TEXT -> {
                return scope -> token.text();
            }
            case NAME -> {
                return named(token.text());
            }
            default -> {
                // Brackets follow.
            }
        }
        switch (token.text()) {
            case "(" -> {
                Node inner = expression();
                tokens.expect(")");
                return inner;
            }
            case "[" -> {
                return array();
            }
            case "{" -> {
                return object();
            }
            default -> throw Tokens.failure("SyntaxError: unexpected '" + token.text() + "'");
        }
    }

    private Node named(String name) {
        return switch (name) {
            case "true" -> scope -> true;
            case "false" -> scope -> false;
            case "null" -> scope -> null;
            case "undefined" -> scope -> Values.UNDEFINED;
            case "this" -> Scope::self;
            case "function" -> {
                if (tokens.peek().kind() == Kind.NAME) {
                    tokens.take();
                }
                tokens.expect("(");
                List<String> parameters = new ArrayList<>();
                while (!tokens.takes(")")) {
                    parameters.add(tokens.name());
                    tokens.takes(",");
                }
                yield function(parameters, statements.block(), false);
            }
            default ->
                new Place() {
                    @Override
                    public @Nullable Object run(Scope scope) {
                        return scope.get(name);
                    }

                    @Override
                    public void assign(Scope scope, @Nullable Object value) {
                        scope.set(name, value);
                    }
                };
        };
    }

    private Node array() {
        List<Node> elements = new ArrayList<>();
        while (!tokens.takes("]")) {
            elements.add(assignment());
            if (!tokens.sees("]")) {
                tokens.expect(",");
            }
        }
        return scope -> {
            List<@Nullable Object> values = new ArrayList<>();
            elements.forEach(element -> values.add(element.run(scope)));
            return values;
        };
    }

    private Node object() {
        Map<String, Node> fields = new LinkedHashMap<>();
        while (!tokens.takes("}")) {
            String name = tokens.take().text();
            Node value = tokens.takes(":") ? assignment() : scope -> scope.get(name);
            fields.put(name, value);
            if (!tokens.sees("}")) {
                tokens.expect(",");
            }
        }
        return scope -> {
            Document document = new Document();
            fields.forEach((name, value) -> document.put(name, value.run(scope)));
            return document;
        };
    }
}
