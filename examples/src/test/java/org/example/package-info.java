/** What others write with Rotor's public modules. */
@NullMarked
package org.example;

import org.jspecify.annotations.NullMarked;
