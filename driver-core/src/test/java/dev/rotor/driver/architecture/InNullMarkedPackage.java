package dev.rotor.driver.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** A package without {@code @NullMarked} would be skipped by the null checks of the compiler, silently. */
final class InNullMarkedPackage extends ArchCondition<JavaClass> {

    InNullMarkedPackage() {
        super("be in a package whose package-info.java has @NullMarked");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        // A module descriptor is in no package.
        boolean marked = type.getPackageName().isEmpty() || type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(
                type, marked, type.getName() + " is in a package " + (marked ? "with" : "without") + " @NullMarked"));
    }
}
