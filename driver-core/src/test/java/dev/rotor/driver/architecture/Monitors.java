package dev.rotor.driver.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Finds synchronized methods by their modifier, and synchronized blocks by the instruction they compile to. */
final class Monitors extends ArchCondition<JavaClass> {

    Monitors() {
        super("enter a monitor (synchronized)");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        type.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
                .forEach(method ->
                        events.add(SimpleConditionEvent.satisfied(method, method.getFullName() + " is synchronized")));
        try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            new ClassReader(bytes).accept(new Blocks(type, events), ClassReader.SKIP_FRAMES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Blocks extends ClassVisitor {

        private final JavaClass type;
        private final ConditionEvents events;

        Blocks(JavaClass type, ConditionEvents events) {
            super(Opcodes.ASM9);
            this.type = type;
            this.events = events;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.MONITORENTER) {
                        events.add(SimpleConditionEvent.satisfied(
                                type, type.getName() + "." + name + descriptor + " has a synchronized block"));
                    }
                }
            };
        }
    }
}
