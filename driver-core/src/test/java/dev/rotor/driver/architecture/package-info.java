/** What holds for the code as a whole: which module may see which, what no code may do, and that documents are true. */
@NullMarked
package dev.rotor.driver.architecture;

import org.jspecify.annotations.NullMarked;
